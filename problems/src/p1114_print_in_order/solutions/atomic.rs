//! A counter says how many words are printed. The task that waits looks at it again and again, and
//! lets others go first in between: on one core it cannot change while it looks.

use sync::{
    atomic::{
        AtomicUsize,
        Ordering::{Acquire, Release},
    },
    thread,
};

use crate::p1114_print_in_order::Foo;

/// How far the output is. Only the task whose turn it is writes it.
pub(super) struct Stage {
    printed: AtomicUsize,
}

impl Stage {
    fn take_turn(&self, words_before: usize, print: impl FnOnce()) {
        // Acquire: pairs with the Release below, in the task before; what it printed is before
        // what is printed here.
        thread::yield_while(|| self.printed.load(Acquire) != words_before);
        print();
        self.printed.store(words_before + 1, Release);
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
