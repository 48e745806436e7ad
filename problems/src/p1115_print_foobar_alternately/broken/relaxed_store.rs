//! `atomic.rs` with a store that is Relaxed. The Acquire that reads it has nothing to pair with: the
//! flag is right, and nothing says that what foo has printed is there when bar prints.

use sync::{
    atomic::{
        AtomicBool,
        Ordering::{Acquire, Relaxed},
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
            while self.bar_turn.load(Acquire) != mine {
                thread::yield_now();
            }
            print();
            self.bar_turn.store(!mine, Relaxed);
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
