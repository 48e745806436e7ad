//! Broken: the others follow until they see that it is over, and number lets nobody pass when it is
//! (1195-e). Whoever waits for a turn by then waits for ever.

use sync::{
    Semaphore,
    atomic::{
        AtomicBool,
        Ordering::{Acquire, Release},
    },
};

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// The conductor's sign to each, and theirs to the conductor.
pub(super) struct Turns {
    n: i32,
    fizz_turn: Semaphore,
    buzz_turn: Semaphore,
    fizzbuzz_turn: Semaphore,
    printed: Semaphore,
    is_over: AtomicBool,
}

impl Turns {
    fn follow(&self, turn: &Semaphore, print: impl Fn()) {
        // Acquire: pairs with the Release in `number`.
        while !self.is_over.load(Acquire) {
            turn.acquire();
            print();
            self.printed.release();
        }
    }

    fn conduct(&self, turn: &Semaphore) {
        turn.release();
        self.printed.acquire();
    }
}

impl FizzBuzz for Turns {
    fn new(n: i32) -> Self {
        let [fizz_turn, buzz_turn, fizzbuzz_turn, printed] = [(); 4].map(|()| Semaphore::new(0));
        Self { n, fizz_turn, buzz_turn, fizzbuzz_turn, printed, is_over: AtomicBool::new(false) }
    }

    fn fizz<F: Fn()>(&self, print_fizz: F) {
        self.follow(&self.fizz_turn, print_fizz);
    }

    fn buzz<F: Fn()>(&self, print_buzz: F) {
        self.follow(&self.buzz_turn, print_buzz);
    }

    fn fizzbuzz<F: Fn()>(&self, print_fizz_buzz: F) {
        self.follow(&self.fizzbuzz_turn, print_fizz_buzz);
    }

    fn number<F: Fn(i32)>(&self, print_number: F) {
        for i in 1..=self.n {
            match (i % 3, i % 5) {
                (0, 0) => self.conduct(&self.fizzbuzz_turn),
                (0, _) => self.conduct(&self.fizz_turn),
                (_, 0) => self.conduct(&self.buzz_turn),
                _ => print_number(i),
            }
        }
        // Release: pairs with the Acquire in `follow`.
        self.is_over.store(true, Release);
    }
}
