//! Broken: all three meet after each word, so second waits for third to come before it prints. The
//! text is right, so `LeetCode` cannot tell.

use sync::Barrier;

use crate::p1114_print_in_order::Foo;

/// One barrier for all three, used for both meetings.
pub(super) struct Meetings {
    printed: Barrier,
}

impl Foo for Meetings {
    fn new() -> Self {
        Self { printed: Barrier::new(3) }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.printed.wait();
        self.printed.wait();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.printed.wait();
        print_second();
        self.printed.wait();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.printed.wait();
        self.printed.wait();
        print_third();
    }
}
