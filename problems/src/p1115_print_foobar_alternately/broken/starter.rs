//! Where you start: the loops are there, the waiting is not.

use crate::p1115_print_foobar_alternately::FooBar;

/// What the two tasks share.
pub(super) struct Starter {
    n: usize,
}

impl FooBar for Starter {
    fn new(n: usize) -> Self {
        Self { n }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            // print_foo() prints "foo". Wait for your turn here.
            print_foo();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            // print_bar() prints "bar". Wait for your turn here.
            print_bar();
        }
    }
}
