//! A lock for each fork, the lower number first (Dijkstra, 1971, "Hierarchical ordering of
//! sequential processes"). Whoever has the highest fork that is taken waits for nobody, so the ring
//! never closes.

use std::array;

use sync::Mutex;

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// A lock for each fork.
pub(super) struct Forks {
    forks: [Mutex<()>; 5],
}

impl DiningPhilosophers for Forks {
    fn new() -> Self {
        Self { forks: array::from_fn(|_| Mutex::new(())) }
    }

    fn wants_to_eat<F1, F2, F3, F4, F5>(
        &self,
        philosopher: i32,
        pick_left_fork: F1,
        pick_right_fork: F2,
        eat: F3,
        put_left_fork: F4,
        put_right_fork: F5,
    ) where
        F1: FnOnce(),
        F2: FnOnce(),
        F3: FnOnce(),
        F4: FnOnce(),
        F5: FnOnce(),
    {
        let left = usize::try_from(philosopher).expect("philosophers are 0 to 4");
        let right = (left + 4) % 5;
        // That is right first for all but philosopher 0, whose right fork is the highest.
        let _lower = self.forks[left.min(right)].lock();
        let _higher = self.forks[left.max(right)].lock();
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
    }
}
