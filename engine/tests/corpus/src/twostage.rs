//! Writers set two values under two mutexes, one after the other; readers take them for one change.

use sync::{Mutex, thread};

/// The second value is one more than the first, once both are set.
#[derive(Default)]
struct Pair {
    first: Mutex<usize>,
    second: Mutex<usize>,
}

impl Pair {
    fn set_one_by_one(&self) {
        *self.first.lock() = 1;
        *self.second.lock() = 2;
    }

    /// Nobody sees the first value before the second is there too.
    fn set_together(&self) {
        let mut first = self.first.lock();
        *first = 1;
        *self.second.lock() = 2;
    }

    fn read(&self) {
        let first = *self.first.lock();
        if first != 0 {
            let second = *self.second.lock();
            assert_eq!(second, first + 1);
        }
    }
}

pub(crate) fn wrong(writers: usize, readers: usize) {
    run(writers, readers, Pair::set_one_by_one);
}

pub(crate) fn fixed(writers: usize, readers: usize) {
    run(writers, readers, Pair::set_together);
}

fn run(writers: usize, readers: usize, set: fn(&Pair)) {
    let pair = Pair::default();
    let pair = &pair;
    thread::scope(|scope| {
        for _ in 0..writers {
            scope.spawn(move || set(pair));
        }
        for _ in 0..readers {
            scope.spawn(move || pair.read());
        }
    });
}
