//! Broken: looks again and again with the lock held, so that nobody can ever change what it looks
//! at. Right if the tasks happen to come in order.

use sync::{Mutex, thread};

use crate::p1114_print_in_order::Foo;

/// How far the output is.
pub(super) struct Stage {
    printed: Mutex<usize>,
}

impl Stage {
    #[expect(clippy::while_immutable_condition, reason = "clippy sees what is broken")]
    fn take_turn(&self, words_before: usize, print: impl FnOnce()) {
        let mut printed = self.printed.lock();
        while *printed != words_before {
            thread::yield_now();
        }
        print();
        *printed += 1;
    }
}

impl Foo for Stage {
    fn new() -> Self {
        Self { printed: Mutex::new(0) }
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
