//! Broken: both gates hold a permit at first (1115-e), so bar need not wait for foo.

use sync::Semaphore;

use crate::p1115_print_foobar_alternately::FooBar;

/// Two gates, both open.
pub(super) struct Gates {
    n: usize,
    foo_turn: Semaphore,
    bar_turn: Semaphore,
}

impl FooBar for Gates {
    fn new(n: usize) -> Self {
        Self { n, foo_turn: Semaphore::new(1), bar_turn: Semaphore::new(1) }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            self.foo_turn.acquire();
            print_foo();
            self.bar_turn.release();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.bar_turn.acquire();
            print_bar();
            self.foo_turn.release();
        }
    }
}
