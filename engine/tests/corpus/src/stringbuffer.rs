//! A buffer asks another for its length and then for its text, which has become shorter.

use sync::{Mutex, thread};

pub(crate) fn wrong() {
    run(|other| {
        let length = *other.lock();
        assert!(length <= *other.lock(), "the text is shorter than its length");
    });
}

/// Both are asked for at once.
pub(crate) fn fixed() {
    run(|other| {
        let other = other.lock();
        let length = *other;
        assert!(length <= *other, "the text is shorter than its length");
    });
}

fn run(append: fn(&Mutex<usize>)) {
    let (own, other) = (Mutex::new(()), Mutex::new(3));
    thread::scope(|scope| {
        scope.spawn(|| {
            *other.lock() = 0;
            *other.lock() = 3;
        });
        let _own = own.lock();
        append(&other);
    });
}
