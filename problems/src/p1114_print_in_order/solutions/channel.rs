//! Whoever prints sends word of it to the next. Each channel has room for its one message, so that
//! sending never waits for the other to come.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1114_print_in_order::Foo;

/// Both ends of both channels, which are empty at first.
pub(super) struct News {
    first_printed: (Sender<()>, Receiver<()>),
    second_printed: (Sender<()>, Receiver<()>),
}

impl Foo for News {
    fn new() -> Self {
        Self { first_printed: bounded(1), second_printed: bounded(1) }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.first_printed.0.send(()).expect("both ends live as long as self");
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.first_printed.1.recv().expect("both ends live as long as self");
        print_second();
        self.second_printed.0.send(()).expect("both ends live as long as self");
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.second_printed.1.recv().expect("both ends live as long as self");
        print_third();
    }
}
