//! Broken: one barrier for both meetings. It lets any two go on together, so first may meet third,
//! which then prints although second has not.

use sync::Barrier;

use crate::p1114_print_in_order::Foo;

/// One barrier for two, used for both meetings.
pub(super) struct Meetings {
    printed: Barrier,
}

impl Foo for Meetings {
    fn new() -> Self {
        Self { printed: Barrier::new(2) }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.printed.wait();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.printed.wait();
        print_second();
        self.printed.wait();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.printed.wait();
        print_third();
    }
}
