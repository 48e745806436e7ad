//! Where you start: the loops are there, the waiting is not.

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// What the four tasks share.
pub(super) struct Starter {
    n: i32,
}

impl Starter {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        for i in 1..=self.n {
            if is_mine(i) {
                // print(i) says what `i` asks for. Wait for your turn here.
                print(i);
            }
        }
    }
}

impl FizzBuzz for Starter {
    fn new(n: i32) -> Self {
        Self { n }
    }

    fn fizz<F: Fn()>(&self, print_fizz: F) {
        self.take_turns(|i| i % 3 == 0 && i % 5 != 0, |_| print_fizz());
    }

    fn buzz<F: Fn()>(&self, print_buzz: F) {
        self.take_turns(|i| i % 3 != 0 && i % 5 == 0, |_| print_buzz());
    }

    fn fizzbuzz<F: Fn()>(&self, print_fizz_buzz: F) {
        self.take_turns(|i| i % 15 == 0, |_| print_fizz_buzz());
    }

    fn number<F: Fn(i32)>(&self, print_number: F) {
        self.take_turns(|i| i % 3 != 0 && i % 5 != 0, print_number);
    }
}
