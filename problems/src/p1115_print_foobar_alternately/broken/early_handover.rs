//! Broken: the turn is handed over under the lock, and the word printed after it (1115-b).

use sync::{Condvar, Mutex};

use crate::p1115_print_foobar_alternately::FooBar;

/// Whose turn it is, and a way to hear of a change.
pub(super) struct Turn {
    n: usize,
    bar_turn: Mutex<bool>,
    changed: Condvar,
}

impl Turn {
    fn take_turns(&self, mine: bool, print: impl Fn()) {
        for _ in 0..self.n {
            let mut bar_turn = self.bar_turn.lock();
            while *bar_turn != mine {
                self.changed.wait(&mut bar_turn);
            }
            *bar_turn = !mine;
            self.changed.notify_one();
            drop(bar_turn);
            print();
        }
    }
}

impl FooBar for Turn {
    fn new(n: usize) -> Self {
        Self { n, bar_turn: Mutex::new(false), changed: Condvar::new() }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        self.take_turns(false, print_foo);
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        self.take_turns(true, print_bar);
    }
}
