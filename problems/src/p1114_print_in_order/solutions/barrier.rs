//! Neighbours meet: first and second when first has printed, second and third when second has. A
//! meeting keeps the earlier one waiting, too, so `first` returns only once `second` has come.

use sync::Barrier;

use crate::p1114_print_in_order::Foo;

/// A barrier for each pair, since third must not turn up at the meeting of the other two.
pub(super) struct Meetings {
    first_printed: Barrier,
    second_printed: Barrier,
}

impl Foo for Meetings {
    fn new() -> Self {
        Self { first_printed: Barrier::new(2), second_printed: Barrier::new(2) }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.first_printed.wait();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.first_printed.wait();
        print_second();
        self.second_printed.wait();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.second_printed.wait();
        print_third();
    }
}
