//! Each task knows its numbers. It looks again and again until the count has come to the next of
//! them, lets others go first in between, and is done after its last: it need not hear of the end.

use sync::{
    atomic::{
        AtomicI32,
        Ordering::{Acquire, Release},
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
            // Acquire: pairs with the Release below, in the task that spoke before; what it printed
            // is before what is printed here.
            thread::yield_while(|| self.next.load(Acquire) != i);
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
