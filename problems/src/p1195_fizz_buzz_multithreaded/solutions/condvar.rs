//! A count in a mutex says whose turn it is. Each task waits until the count asks for it, speaks,
//! and counts on under the same lock; a count past `n` lets everybody go.

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
        loop {
            let mut next = self.next.lock();
            while *next <= self.n && !is_mine(*next) {
                self.changed.wait(&mut next);
            }
            if *next > self.n {
                return;
            }
            print(*next);
            *next += 1;
            // All, because three wait, and only one of them can use the count. At the end all can.
            self.changed.notify_all();
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
