//! Three philosophers try for the second fork, and wait for it if they do not get it: with the
//! first one in their hand.

use sync::{Mutex, thread};

const PHILOSOPHERS: usize = 3;

pub(super) fn wrong() {
    dine(|left, right| {
        let _left = left.lock();
        if right.try_lock().is_none() {
            drop(right.lock());
        }
    });
}

/// Whoever does not get the second fork puts the first one back.
pub(super) fn fixed() {
    dine(|left, right| {
        let held = left.lock();
        if right.try_lock().is_none() {
            drop(held);
            drop(right.lock());
        }
    });
}

fn dine(eat: fn(&Mutex<()>, &Mutex<()>)) {
    let forks: [Mutex<()>; PHILOSOPHERS] = std::array::from_fn(|_| Mutex::new(()));
    let forks = &forks;
    thread::scope(|scope| {
        for seat in 0..PHILOSOPHERS {
            scope.spawn(move || eat(&forks[seat], &forks[(seat + 1) % PHILOSOPHERS]));
        }
    });
}
