//! A writer counts before and after it writes; the reader looks at the count before it reads, and
//! not once more afterwards.

use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

#[derive(Default)]
struct Pair {
    count: AtomicUsize,
    one: AtomicUsize,
    other: AtomicUsize,
}

pub(super) fn wrong() {
    run(|_, _| true);
}

/// What was read counts only if nobody has written meanwhile.
pub(super) fn fixed() {
    run(|pair, count| pair.count.load(SeqCst) == count);
}

fn run(counts: fn(&Pair, usize) -> bool) {
    let pair = Pair::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            pair.count.fetch_add(1, SeqCst);
            pair.one.store(1, SeqCst);
            pair.other.store(1, SeqCst);
            pair.count.fetch_add(1, SeqCst);
        });
        scope.spawn(|| {
            let count = pair.count.load(SeqCst);
            if count % 2 == 0 {
                let (one, other) = (pair.one.load(SeqCst), pair.other.load(SeqCst));
                assert!(one == other || !counts(&pair, count), "half of it was written");
            }
        });
    });
}
