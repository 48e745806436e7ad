//! Broken: foo does not wait until bar has taken its flag back (1115-a), so it prints again at
//! once. Right for `n = 1`.

use sync::{Condvar, Mutex};

use crate::p1115_print_foobar_alternately::FooBar;

/// Whether foo has printed.
pub(super) struct Flag {
    n: usize,
    foo_printed: Mutex<bool>,
    changed: Condvar,
}

impl FooBar for Flag {
    fn new(n: usize) -> Self {
        Self { n, foo_printed: Mutex::new(false), changed: Condvar::new() }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            let mut foo_printed = self.foo_printed.lock();
            print_foo();
            *foo_printed = true;
            self.changed.notify_one();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            let mut foo_printed = self.foo_printed.lock();
            while !*foo_printed {
                self.changed.wait(&mut foo_printed);
            }
            print_bar();
            *foo_printed = false;
        }
    }
}
