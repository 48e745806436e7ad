//! Broken: all three meet twice a round, so odd waits for even to come before it prints 1. The text
//! is right, so `LeetCode` cannot tell.

use sync::Barrier;

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// One barrier for all three, used for both meetings of a round.
pub(super) struct Meetings {
    n: i32,
    printed: Barrier,
}

impl Meetings {
    fn walk(&self, parity: i32, print_number: impl Fn(i32)) {
        for number in 1..=self.n {
            self.printed.wait();
            if number % 2 == parity {
                print_number(number);
            }
            self.printed.wait();
        }
    }
}

impl ZeroEvenOdd for Meetings {
    fn new(n: i32) -> Self {
        Self { n, printed: Barrier::new(3) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for _ in 1..=self.n {
            print_number(0);
            self.printed.wait();
            self.printed.wait();
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        self.walk(0, print_number);
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        self.walk(1, print_number);
    }
}
