//! Broken: a task stops counting along after its own last number, and does not come to the meetings
//! any more. The barrier is for four, and the others wait there for ever.

use sync::Barrier;

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// One barrier for four.
pub(super) struct Rounds {
    n: i32,
    printed: Barrier,
}

impl Rounds {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        let last = (1..=self.n).rfind(|&i| is_mine(i)).unwrap_or(0);
        for i in 1..=last {
            if is_mine(i) {
                print(i);
            }
            self.printed.wait();
        }
    }
}

impl FizzBuzz for Rounds {
    fn new(n: i32) -> Self {
        Self { n, printed: Barrier::new(4) }
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
