//! A number in a mutex says how many words are printed. Each task waits until it is the number of
//! words before its own, prints, and counts its word under the same lock.

use sync::{Condvar, Mutex};

use crate::p1114_print_in_order::Foo;

/// How far the output is, and a way to hear of a change.
pub(super) struct Stage {
    printed: Mutex<usize>,
    changed: Condvar,
}

impl Stage {
    fn take_turn(&self, words_before: usize, print: impl FnOnce()) {
        let mut printed = self.printed.lock();
        while *printed != words_before {
            self.changed.wait(&mut printed);
        }
        print();
        *printed += 1;
        // All, because second and third may both be waiting here, and a single notification may
        // reach the one that has to wait on.
        self.changed.notify_all();
    }
}

impl Foo for Stage {
    fn new() -> Self {
        Self { printed: Mutex::new(0), changed: Condvar::new() }
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
