//! Broken: takes the right fork of `i` to be the left one of `i + 1` (1226-c). The locks exclude
//! neighbours, but they are not the locks of the forks that are picked meanwhile.

use std::array;

use sync::Semaphore;

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// A room with four places, and a permit for each fork.
pub(super) struct Room {
    places: Semaphore,
    forks: [Semaphore; 5],
}

impl DiningPhilosophers for Room {
    fn new() -> Self {
        Self { places: Semaphore::new(4), forks: array::from_fn(|_| Semaphore::new(1)) }
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
        let right = (left + 1) % 5;
        self.places.acquire();
        self.forks[left].acquire();
        pick_left_fork();
        self.forks[right].acquire();
        pick_right_fork();
        eat();
        put_left_fork();
        self.forks[left].release();
        put_right_fork();
        self.forks[right].release();
        self.places.release();
    }
}
