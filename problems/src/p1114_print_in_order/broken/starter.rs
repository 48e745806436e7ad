//! Where you start: the words are printed, the waiting is not there.

use crate::p1114_print_in_order::Foo;

/// What the three tasks share.
pub(super) struct Starter;

impl Foo for Starter {
    fn new() -> Self {
        Self
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        // print_first() prints "first".
        print_first();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        // print_second() prints "second". Wait for first here.
        print_second();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        // print_third() prints "third". Wait for second here.
        print_third();
    }
}
