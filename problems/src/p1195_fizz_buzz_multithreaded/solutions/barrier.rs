//! All four count along, whoever has to speak does, and they meet before they count on. Nobody
//! shares a count: between two meetings they all stand at the same number.

use sync::Barrier;

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// One barrier for four.
pub(super) struct Rounds {
    n: i32,
    printed: Barrier,
}

impl Rounds {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        for i in 1..=self.n {
            if is_mine(i) {
                print(i);
            }
            // Also those who will not speak again: the others cannot meet without them.
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
