//! Both tasks meet twice a round: once when foo has printed, and once when bar has. With a single
//! meeting a round, foo could print again while bar prints.

use sync::Barrier;

use crate::p1115_print_foobar_alternately::FooBar;

/// One barrier for two, used for both meetings of a round.
pub(super) struct Rounds {
    n: usize,
    printed: Barrier,
}

impl FooBar for Rounds {
    fn new(n: usize) -> Self {
        Self { n, printed: Barrier::new(2) }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            print_foo();
            self.printed.wait();
            self.printed.wait();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.printed.wait();
            print_bar();
            self.printed.wait();
        }
    }
}
