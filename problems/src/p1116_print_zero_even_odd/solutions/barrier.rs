//! Zero meets the one that prints the next number twice: when the 0 is out, and when the number is.
//! Somewhat contrived: each meeting says what a permit would say, and keeps both waiting for it.

use sync::Barrier;

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// A barrier for each pair. One for all three would make odd wait until even has been started.
pub(super) struct Meetings {
    n: i32,
    with_even: Barrier,
    with_odd: Barrier,
}

impl ZeroEvenOdd for Meetings {
    fn new(n: i32) -> Self {
        Self { n, with_even: Barrier::new(2), with_odd: Barrier::new(2) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for number in 1..=self.n {
            let with_next = if number % 2 == 0 { &self.with_even } else { &self.with_odd };
            print_number(0);
            with_next.wait();
            with_next.wait();
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for number in (2..=self.n).step_by(2) {
            self.with_even.wait();
            print_number(number);
            self.with_even.wait();
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            self.with_odd.wait();
            print_number(number);
            self.with_odd.wait();
        }
    }
}
