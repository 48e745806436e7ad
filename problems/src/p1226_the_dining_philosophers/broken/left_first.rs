//! Broken: everybody locks the left fork first (1226-a). When all five have theirs, all wait.

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
        let _left = self.forks[left].lock();
        let _right = self.forks[right].lock();
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
    }
}
