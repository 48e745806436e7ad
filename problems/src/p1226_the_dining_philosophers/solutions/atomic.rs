//! Five bits say which forks are taken. A philosopher sets both of its bits in one step or none,
//! and lets others go first when it could not. Nobody queues: a slow philosopher may be overtaken.

use sync::{
    atomic::{
        AtomicU8,
        Ordering::{Acquire, Relaxed, Release},
    },
    thread,
};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// One bit for each fork, set while it is taken.
pub(super) struct Mask {
    taken: AtomicU8,
}

impl Mask {
    fn try_take(&self, forks: u8) -> bool {
        let taken = self.taken.load(Relaxed);
        // Acquire: pairs with the Release in `put_back`; what a neighbour did with a fork is before
        // what is done with it here. Relaxed otherwise: who fails has no fork to care for.
        taken & forks == 0
            && self.taken.compare_exchange(taken, taken | forks, Acquire, Relaxed).is_ok()
    }

    fn put_back(&self, forks: u8) {
        // Release: pairs with the Acquire in `try_take`, also when others changed their bits in
        // between.
        self.taken.fetch_and(!forks, Release);
    }
}

impl DiningPhilosophers for Mask {
    fn new() -> Self {
        Self { taken: AtomicU8::new(0) }
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
        let forks = 1 << left | 1 << right;
        thread::yield_while(|| !self.try_take(forks));
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        self.put_back(forks);
    }
}
