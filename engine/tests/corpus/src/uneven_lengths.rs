//! One task takes many steps and another a single one, which must not come last: and in a random
//! walk hardly ever does.

use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

pub(crate) fn wrong(steps: usize) {
    expect_less_than(steps, steps);
}

/// The short one may come last.
pub(crate) fn fixed(steps: usize) {
    expect_less_than(steps, steps + 1);
}

fn expect_less_than(steps: usize, bound: usize) {
    let reached = AtomicUsize::new(0);
    thread::scope(|scope| {
        scope.spawn(|| (1..=steps).for_each(|step| reached.store(step, SeqCst)));
        scope.spawn(|| assert!(reached.load(SeqCst) < bound));
    });
}
