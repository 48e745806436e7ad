//! Broken: one channel for both messages. Who receives one cannot tell whom it was meant for, so
//! third may take the one that says first has printed.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1114_print_in_order::Foo;

/// Both ends of the channel, which is empty at first.
pub(super) struct News {
    printed: (Sender<()>, Receiver<()>),
}

impl Foo for News {
    fn new() -> Self {
        Self { printed: bounded(1) }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.printed.0.send(()).expect("both ends live as long as self");
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.printed.1.recv().expect("both ends live as long as self");
        print_second();
        self.printed.0.send(()).expect("both ends live as long as self");
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.printed.1.recv().expect("both ends live as long as self");
        print_third();
    }
}
