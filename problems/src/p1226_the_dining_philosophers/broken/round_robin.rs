//! Broken: the right to take forks goes round the table (1226-g), and stops at whoever is not
//! hungry.

use sync::{Condvar, Mutex};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// Whose turn it is, and a way to hear of a change.
pub(super) struct Turn {
    next: Mutex<usize>,
    changed: Condvar,
}

impl DiningPhilosophers for Turn {
    fn new() -> Self {
        Self { next: Mutex::new(0), changed: Condvar::new() }
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
        let me = usize::try_from(philosopher).expect("philosophers are 0 to 4");
        let mut next = self.next.lock();
        while *next != me {
            self.changed.wait(&mut next);
        }
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        *next = (me + 1) % 5;
        self.changed.notify_all();
    }
}
