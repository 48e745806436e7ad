//! A monitor (Hoare, 1974) knows which forks are taken. A philosopher takes both or none, and waits
//! until both are free; it eats outside the monitor, so that others can eat meanwhile.

use sync::{Condvar, Mutex};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// Which forks are taken, and a way to hear of forks put back.
pub(super) struct Monitor {
    taken: Mutex<[bool; 5]>,
    put_back: Condvar,
}

impl Monitor {
    fn take(&self, left: usize, right: usize) {
        let mut taken = self.taken.lock();
        while taken[left] || taken[right] {
            self.put_back.wait(&mut taken);
        }
        taken[left] = true;
        taken[right] = true;
    }

    fn put_back(&self, left: usize, right: usize) {
        let mut taken = self.taken.lock();
        taken[left] = false;
        taken[right] = false;
        // All: both neighbours may be waiting, and a third who would sleep on in their place.
        self.put_back.notify_all();
    }
}

impl DiningPhilosophers for Monitor {
    fn new() -> Self {
        Self { taken: Mutex::new([false; 5]), put_back: Condvar::new() }
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
        self.take(left, right);
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        self.put_back(left, right);
    }
}
