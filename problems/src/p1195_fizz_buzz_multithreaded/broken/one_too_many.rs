//! Broken: whether the count is over is asked before each turn, and not again after the wait for it
//! (1195-c). Who wakes up when the count has gone past `n` may find the next number to be its own,
//! and says it.

use sync::{Condvar, Mutex};

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// How far the count has come, and a way to hear of a change.
pub(super) struct Count {
    n: i32,
    /// The number that has to be said next, from 1 to `n + 1`.
    next: Mutex<i32>,
    changed: Condvar,
}

impl Count {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        while *self.next.lock() <= self.n {
            let mut next = self.next.lock();
            while *next <= self.n && !is_mine(*next) {
                self.changed.wait(&mut next);
            }
            if is_mine(*next) {
                print(*next);
                *next += 1;
                self.changed.notify_all();
            }
        }
    }
}

impl FizzBuzz for Count {
    fn new(n: i32) -> Self {
        Self { n, next: Mutex::new(1), changed: Condvar::new() }
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
