//! A token goes to and fro through two channels; whoever has received it prints and sends it on.
//! Each channel has room for the token, so that sending never waits for the other to come.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1115_print_foobar_alternately::FooBar;

/// Both ends of both channels: `foo_turn` holds the token at first.
pub(super) struct Tokens {
    n: usize,
    foo_turn: (Sender<()>, Receiver<()>),
    bar_turn: (Sender<()>, Receiver<()>),
}

impl FooBar for Tokens {
    fn new(n: usize) -> Self {
        let (foo_turn, bar_turn) = (bounded(1), bounded(1));
        foo_turn.0.send(()).expect("the channel has room for the token");
        Self { n, foo_turn, bar_turn }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            self.foo_turn.1.recv().expect("both ends live as long as self");
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
