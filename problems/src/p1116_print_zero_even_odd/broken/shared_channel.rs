//! Broken: even and odd receive from one channel, and each prints what it gets. The text is right,
//! so `LeetCode` cannot tell. With `n = 1`, even receives nothing, and nothing is wrong.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// Both ends of two channels, which are empty at first.
pub(super) struct Messages {
    n: i32,
    for_next: (Sender<i32>, Receiver<i32>),
    printed: (Sender<()>, Receiver<()>),
}

impl Messages {
    fn print_next(&self, print_number: impl Fn(i32)) {
        print_number(self.for_next.1.recv().expect("both ends live as long as self"));
        self.printed.0.send(()).expect("both ends live as long as self");
    }
}

impl ZeroEvenOdd for Messages {
    fn new(n: i32) -> Self {
        Self { n, for_next: bounded(1), printed: bounded(1) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for number in 1..=self.n {
            print_number(0);
            self.for_next.0.send(number).expect("both ends live as long as self");
            self.printed.1.recv().expect("both ends live as long as self");
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for _ in (2..=self.n).step_by(2) {
            self.print_next(&print_number);
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for _ in (1..=self.n).step_by(2) {
            self.print_next(&print_number);
        }
    }
}
