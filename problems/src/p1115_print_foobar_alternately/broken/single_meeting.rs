//! Broken: one meeting a round (1115-d). After it, foo's next word and bar's word race. Right for
//! `n = 1`.

use sync::Barrier;

use crate::p1115_print_foobar_alternately::FooBar;

/// One barrier for two.
pub(super) struct Rounds {
    n: usize,
    foo_printed: Barrier,
}

impl FooBar for Rounds {
    fn new(n: usize) -> Self {
        Self { n, foo_printed: Barrier::new(2) }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            print_foo();
            self.foo_printed.wait();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.foo_printed.wait();
            print_bar();
        }
    }
}
