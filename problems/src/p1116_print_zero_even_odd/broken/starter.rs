//! Where you start: the loops are there, the waiting is not.

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// What the three tasks share.
pub(super) struct Starter {
    n: i32,
}

impl ZeroEvenOdd for Starter {
    fn new(n: i32) -> Self {
        Self { n }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for _ in 1..=self.n {
            // print_number(x) prints the number x. Wait for your turn here.
            print_number(0);
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for number in (2..=self.n).step_by(2) {
            // Wait for the 0 before your number here.
            print_number(number);
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            // Wait for the 0 before your number here.
            print_number(number);
        }
    }
}
