//! Broken: no word comes back, so zero does not wait until the number is printed. Right for `n =
//! 1`.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// Both ends of two channels, which are empty at first.
pub(super) struct Messages {
    n: i32,
    for_even: (Sender<i32>, Receiver<i32>),
    for_odd: (Sender<i32>, Receiver<i32>),
}

fn print_next(numbers: &Receiver<i32>, print_number: impl Fn(i32)) {
    print_number(numbers.recv().expect("both ends live as long as self"));
}

impl ZeroEvenOdd for Messages {
    fn new(n: i32) -> Self {
        Self { n, for_even: bounded(1), for_odd: bounded(1) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for number in 1..=self.n {
            print_number(0);
            let for_next = if number % 2 == 0 { &self.for_even } else { &self.for_odd };
            for_next.0.send(number).expect("both ends live as long as self");
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for _ in (2..=self.n).step_by(2) {
            print_next(&self.for_even.1, &print_number);
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for _ in (1..=self.n).step_by(2) {
            print_next(&self.for_odd.1, &print_number);
        }
    }
}
