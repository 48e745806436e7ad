//! `atomic.rs` with orderings that order nothing. The counter is right, and so is every output that
//! was ever seen; but nothing says that what one task has printed is there when the next one prints.

use sync::{
    atomic::{AtomicUsize, Ordering::Relaxed},
    thread,
};

use crate::p1114_print_in_order::Foo;

/// How far the output is. Only the task whose turn it is writes it.
pub(super) struct Stage {
    printed: AtomicUsize,
}

impl Stage {
    fn take_turn(&self, words_before: usize, print: impl FnOnce()) {
        while self.printed.load(Relaxed) != words_before {
            thread::yield_now();
        }
        print();
        self.printed.store(words_before + 1, Relaxed);
    }
}

impl Foo for Stage {
    fn new() -> Self {
        Self { printed: AtomicUsize::new(0) }
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
