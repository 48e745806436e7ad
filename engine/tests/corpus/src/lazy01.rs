//! Two tasks add to a sum, and a third is sure that they have not both been there yet.

use sync::{Mutex, thread};

pub(crate) fn wrong() {
    expect_less_than(3);
}

/// Both may have been there.
pub(crate) fn fixed() {
    expect_less_than(4);
}

fn expect_less_than(bound: usize) {
    let sum = Mutex::new(0);
    thread::scope(|scope| {
        scope.spawn(|| *sum.lock() += 1);
        scope.spawn(|| *sum.lock() += 2);
        scope.spawn(|| assert!(*sum.lock() < bound));
    });
}
