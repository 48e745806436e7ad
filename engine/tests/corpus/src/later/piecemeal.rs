//! Three who need two permits each, of which there are three, take one after the other: each may have
//! one, and wait for one more.

use sync::{Condvar, Mutex, thread};

const PERMITS: usize = 3;

struct Permits {
    free: Mutex<usize>,
    given: Condvar,
}

impl Permits {
    fn take(&self, count: usize) {
        let mut free = self.free.lock();
        while *free < count {
            self.given.wait(&mut free);
        }
        *free -= count;
    }

    fn give(&self, count: usize) {
        *self.free.lock() += count;
        self.given.notify_all();
    }
}

pub(super) fn wrong() {
    run(|permits| {
        permits.take(1);
        permits.take(1);
    });
}

/// Both at once, or none.
pub(super) fn fixed() {
    run(|permits| permits.take(2));
}

fn run(take_two: fn(&Permits)) {
    let permits = Permits { free: Mutex::new(PERMITS), given: Condvar::new() };
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                take_two(&permits);
                permits.give(2);
            });
        }
    });
}
