//! Three tasks let go of something that the last one frees, and count by looking and then writing.

use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

const HOLDERS: usize = 3;

pub(super) fn wrong() {
    run(|holders| {
        let before = holders.load(SeqCst);
        holders.store(before - 1, SeqCst);
        before
    });
}

/// To count is one step.
pub(super) fn fixed() {
    run(|holders| holders.fetch_sub(1, SeqCst));
}

fn run(let_go: fn(&AtomicUsize) -> usize) {
    let (holders, freed) = (AtomicUsize::new(HOLDERS), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..HOLDERS {
            scope.spawn(|| {
                if let_go(&holders) == 1 {
                    freed.fetch_add(1, SeqCst);
                }
            });
        }
    });
    assert_eq!(freed.load(SeqCst), 1, "nobody freed it, or two did");
}
