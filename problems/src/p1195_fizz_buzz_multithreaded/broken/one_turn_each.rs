//! Broken: no loop (1195-g). Each task looks once, speaks if it is its turn, and returns. Right for
//! `n = 1`.

use sync::Mutex;

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// How far the count has come, for one to look at and change.
pub(super) struct Count {
    n: i32,
    /// The number that has to be said next, from 1 to `n + 1`.
    next: Mutex<i32>,
}

impl Count {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        let mut next = self.next.lock();
        if *next <= self.n && is_mine(*next) {
            print(*next);
            *next += 1;
        }
    }
}

impl FizzBuzz for Count {
    fn new(n: i32) -> Self {
        Self { n, next: Mutex::new(1) }
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
