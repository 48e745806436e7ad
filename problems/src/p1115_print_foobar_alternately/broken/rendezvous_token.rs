//! Broken: the channel on which the turn comes back has no room (1115-g). In the last round nobody
//! receives any more, and bar waits for ever.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1115_print_foobar_alternately::FooBar;

/// Both ends of both channels.
pub(super) struct Tokens {
    n: usize,
    foo_turn: (Sender<()>, Receiver<()>),
    bar_turn: (Sender<()>, Receiver<()>),
}

impl FooBar for Tokens {
    fn new(n: usize) -> Self {
        Self { n, foo_turn: bounded(0), bar_turn: bounded(1) }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for round in 0..self.n {
            if round > 0 {
                self.foo_turn.1.recv().expect("both ends live as long as self");
            }
            print_foo();
            self.bar_turn.0.send(()).expect("both ends live as long as self");
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.bar_turn.1.recv().expect("both ends live as long as self");
            print_bar();
            self.foo_turn.0.send(()).expect("both ends live as long as self");
        }
    }
}
