//! Figure 5 of the paper on PCT: many steps that concern nobody else, and then one that does.

use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

pub(crate) fn wrong(steps: usize) {
    run(steps, |is_done| assert!(!is_done, "the long task was first"));
}

/// Either may be first.
pub(crate) fn fixed(steps: usize) {
    run(steps, |_| ());
}

fn run(steps: usize, expect: fn(bool)) {
    let (is_done, own) = (Mutex::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            for step in 0..steps {
                own.store(step, SeqCst);
            }
            *is_done.lock() = true;
        });
        scope.spawn(|| expect(*is_done.lock()));
    });
}
