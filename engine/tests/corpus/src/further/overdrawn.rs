//! Two tasks see that there is enough, and then take it.

use sync::{
    Mutex,
    atomic::{AtomicI64, Ordering::SeqCst},
    thread,
};

const SHARE: i64 = 3;

pub(super) fn wrong() {
    let balance = AtomicI64::new(5);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                if balance.load(SeqCst) >= SHARE {
                    balance.fetch_sub(SHARE, SeqCst);
                }
            });
        }
    });
    assert!(balance.load(SeqCst) >= 0, "both took the same");
}

/// To look and to take are one step.
pub(super) fn fixed() {
    let balance = Mutex::new(5);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut balance = balance.lock();
                if *balance >= SHARE {
                    *balance -= SHARE;
                }
            });
        }
    });
    assert!(*balance.lock() >= 0, "both took the same");
}
