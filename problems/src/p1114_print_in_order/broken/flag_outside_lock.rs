//! Broken: the counter changes without the lock (1114-c), perhaps when second has looked at it and
//! does not sleep yet. The notification meets nobody, and then second sleeps for ever.

use sync::{
    Condvar, Mutex,
    atomic::{
        AtomicUsize,
        Ordering::{Acquire, Release},
    },
};

use crate::p1114_print_in_order::Foo;

/// How far the output is, and a way to hear of a change.
pub(super) struct Stage {
    printed: AtomicUsize,
    lock: Mutex<()>,
    changed: Condvar,
}

impl Stage {
    fn take_turn(&self, words_before: usize, print: impl FnOnce()) {
        let mut guard = self.lock.lock();
        // Acquire: pairs with the Release below.
        while self.printed.load(Acquire) != words_before {
            self.changed.wait(&mut guard);
        }
        drop(guard);
        print();
        self.printed.store(words_before + 1, Release);
        self.changed.notify_all();
    }
}

impl Foo for Stage {
    fn new() -> Self {
        Self { printed: AtomicUsize::new(0), lock: Mutex::new(()), changed: Condvar::new() }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        self.take_turn(0, print_first);
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.take_turn(1, print_second);
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.take_turn(2, print_third);
    }
}
