//! Two tasks write, meet, and read what the other wrote: and whoever is quick writes the next before
//! it was read.

use sync::{
    Barrier,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

const ROUNDS: usize = 2;

pub(super) fn wrong() {
    run(|_| ());
}

/// They meet again once both have read.
pub(super) fn fixed() {
    run(|barrier| {
        barrier.wait();
    });
}

fn run(end_round: fn(&Barrier)) {
    let written = [AtomicUsize::new(0), AtomicUsize::new(0)];
    let barrier = Barrier::new(2);
    let (written, barrier) = (&written, &barrier);
    thread::scope(|scope| {
        for task in 0..2 {
            scope.spawn(move || {
                for round in 1..=ROUNDS {
                    written[task].store(round, SeqCst);
                    barrier.wait();
                    assert_eq!(written[1 - task].load(SeqCst), round, "the next one is there");
                    end_round(barrier);
                }
            });
        }
    });
}
