//! Money goes from one account to the other, each under a lock of its own, and somebody counts it
//! while it is on its way.

use sync::{Mutex, thread};

#[derive(Default)]
struct Bank {
    one: Mutex<usize>,
    other: Mutex<usize>,
}

const ALL: usize = 10;

pub(super) fn wrong() {
    run(|bank| {
        *bank.one.lock() -= 4;
        *bank.other.lock() += 4;
    });
}

/// The first lock is held until the money has arrived.
pub(super) fn fixed() {
    run(|bank| {
        let mut one = bank.one.lock();
        *one -= 4;
        *bank.other.lock() += 4;
    });
}

fn run(transfer: fn(&Bank)) {
    let bank = Bank { one: Mutex::new(ALL), other: Mutex::new(0) };
    thread::scope(|scope| {
        scope.spawn(|| transfer(&bank));
        scope.spawn(|| {
            let one = bank.one.lock();
            assert_eq!(*one + *bank.other.lock(), ALL, "some of it is missing");
        });
    });
}
