//! Two tasks read under the lock for readers, and write what follows under the one for writers.

use sync::{RwLock, thread};

pub(super) fn wrong() {
    run(|count| {
        let seen = *count.read();
        *count.write() = seen + 1;
    });
}

/// Who is going to write locks for that.
pub(super) fn fixed() {
    run(|count| *count.write() += 1);
}

fn run(increment: fn(&RwLock<usize>)) {
    let count = RwLock::new(0);
    thread::scope(|scope| {
        scope.spawn(|| increment(&count));
        scope.spawn(|| increment(&count));
    });
    assert_eq!(*count.read(), 2, "one increment was lost");
}
