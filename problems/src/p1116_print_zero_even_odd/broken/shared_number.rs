//! Broken: no method has a loop or waits (1116-e). Each prints the shared number, whatever it is,
//! and counts it up.

use sync::Mutex;

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// The number that whoever comes next prints.
pub(super) struct Shared {
    number: Mutex<i32>,
}

impl Shared {
    fn print_next(&self, print_number: impl Fn(i32)) {
        let mut number = self.number.lock();
        print_number(*number);
        *number += 1;
    }
}

impl ZeroEvenOdd for Shared {
    fn new(_n: i32) -> Self {
        Self { number: Mutex::new(0) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        self.print_next(print_number);
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        self.print_next(print_number);
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        self.print_next(print_number);
    }
}
