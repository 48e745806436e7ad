//! Broken: the barrier between the phases is for five, and one who is not hungry never comes to it.

use std::array;

use sync::{Barrier, Mutex};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// Phases go round: in one 0 and 2 may eat, in the next 1 and 3, in the third 4.
pub(super) struct Phases {
    /// Held for a whole call: in one phase a philosopher eats once.
    seats: [Mutex<()>; 5],
    phase_over: Barrier,
}

impl DiningPhilosophers for Phases {
    fn new() -> Self {
        Self { seats: array::from_fn(|_| Mutex::new(())), phase_over: Barrier::new(5) }
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
        let mine = [0, 1, 0, 1, 2][me];
        let _seat = self.seats[me].lock();
        for _ in 0..mine {
            self.phase_over.wait();
        }
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        for _ in mine..3 {
            self.phase_over.wait();
        }
    }
}
