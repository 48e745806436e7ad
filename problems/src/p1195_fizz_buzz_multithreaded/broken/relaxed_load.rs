//! `atomic.rs` with a load that is Relaxed. The Release that it reads has nothing to pair with: the
//! count is right, and nothing says that what one task has printed is there when the next one prints.

use sync::{
    atomic::{
        AtomicI32,
        Ordering::{Relaxed, Release},
    },
    thread,
};

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// How far the count has come.
pub(super) struct Count {
    n: i32,
    /// The number that has to be said next. Only the task whose turn that is may store.
    next: AtomicI32,
}

impl Count {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        for i in (1..=self.n).filter(|&i| is_mine(i)) {
            while self.next.load(Relaxed) != i {
                thread::yield_now();
            }
            print(i);
            self.next.store(i + 1, Release);
        }
    }
}

impl FizzBuzz for Count {
    fn new(n: i32) -> Self {
        Self { n, next: AtomicI32::new(1) }
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
