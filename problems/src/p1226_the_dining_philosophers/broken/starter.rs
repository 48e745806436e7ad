//! Where you start: the callbacks are called, the waiting is not there.

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// What the five share.
pub(super) struct Starter;

impl DiningPhilosophers for Starter {
    fn new() -> Self {
        Self
    }

    fn wants_to_eat<F1, F2, F3, F4, F5>(
        &self,
        _philosopher: i32,
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
        // pick_left_fork() picks the left fork. Wait for it here, and for the right one.
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
    }
}
