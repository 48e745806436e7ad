//! The last of three workers looks at the sum, and each counts itself out before it has added.

use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

const WORKERS: usize = 3;

struct Work {
    left: AtomicUsize,
    sum: AtomicUsize,
}

impl Work {
    /// Whether this was the last one.
    fn count_out(&self) -> bool {
        self.left.fetch_sub(1, SeqCst) == 1
    }

    fn add(&self) {
        self.sum.fetch_add(1, SeqCst);
    }
}

pub(super) fn wrong() {
    run(|work| {
        let is_last = work.count_out();
        work.add();
        is_last
    });
}

/// Whoever has counted itself out is done.
pub(super) fn fixed() {
    run(|work| {
        work.add();
        work.count_out()
    });
}

fn run(finish: fn(&Work) -> bool) {
    let work = Work { left: AtomicUsize::new(WORKERS), sum: AtomicUsize::new(0) };
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                if finish(&work) {
                    assert_eq!(work.sum.load(SeqCst), WORKERS, "somebody has yet to add");
                }
            });
        }
    });
}
