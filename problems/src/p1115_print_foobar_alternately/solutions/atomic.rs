//! A flag says whose turn it is. The task that waits looks at it again and again, and lets others
//! go first in between: on one core the flag cannot change while it looks.

use sync::{
    atomic::{
        AtomicBool,
        Ordering::{Acquire, Release},
    },
    thread,
};

use crate::p1115_print_foobar_alternately::FooBar;

/// Whether foo has printed and bar has not answered yet.
pub(super) struct Flag {
    n: usize,
    bar_turn: AtomicBool,
}

impl Flag {
    fn take_turns(&self, mine: bool, print: impl Fn()) {
        for _ in 0..self.n {
            // Acquire: pairs with the Release below, in the other task; what it printed is before
            // what is printed here.
            thread::yield_while(|| self.bar_turn.load(Acquire) != mine);
            print();
            self.bar_turn.store(!mine, Release);
        }
    }
}

impl FooBar for Flag {
    fn new(n: usize) -> Self {
        Self { n, bar_turn: AtomicBool::new(false) }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        self.take_turns(false, print_foo);
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        self.take_turns(true, print_bar);
    }
}
