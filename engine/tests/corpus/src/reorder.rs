//! Setters write two values, one after the other; checkers expect to see none or both.

use sync::{
    Mutex,
    atomic::{AtomicI64, Ordering::SeqCst},
    thread,
};

pub(crate) fn wrong(setters: usize, checkers: usize) {
    let (first, second) = (AtomicI64::new(0), AtomicI64::new(0));
    let set = || {
        first.store(1, SeqCst);
        second.store(-1, SeqCst);
    };
    let check = || {
        let sees_none = first.load(SeqCst) == 0 && second.load(SeqCst) == 0;
        assert!(sees_none || (first.load(SeqCst) == 1 && second.load(SeqCst) == -1));
    };
    run((setters, &set), (checkers, &check));
}

/// Under one mutex they are written and seen together.
pub(crate) fn fixed(setters: usize, checkers: usize) {
    let values = Mutex::new((0, 0));
    let set = || *values.lock() = (1, -1);
    let check = || {
        let seen = *values.lock();
        assert!(seen == (0, 0) || seen == (1, -1));
    };
    run((setters, &set), (checkers, &check));
}

type Job<'a> = &'a (dyn Fn() + Sync);

fn run((setters, set): (usize, Job<'_>), (checkers, check): (usize, Job<'_>)) {
    thread::scope(|scope| {
        for _ in 0..setters {
            scope.spawn(set);
        }
        for _ in 0..checkers {
            scope.spawn(check);
        }
    });
}
