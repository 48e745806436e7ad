//! Number conducts. It counts, speaks where it has to, and otherwise lets one of the others speak
//! and waits until that is done. The others know how often they will be asked, so nobody has to
//! tell them that it is over.

use sync::Semaphore;

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// The conductor's sign to each, and theirs to the conductor.
pub(super) struct Turns {
    n: i32,
    fizz_turn: Semaphore,
    buzz_turn: Semaphore,
    fizzbuzz_turn: Semaphore,
    printed: Semaphore,
}

impl Turns {
    fn follow(&self, turn: &Semaphore, times: i32, print: impl Fn()) {
        for _ in 0..times {
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
        Self { n, fizz_turn, buzz_turn, fizzbuzz_turn, printed }
    }

    fn fizz<F: Fn()>(&self, print_fizz: F) {
        self.follow(&self.fizz_turn, self.n / 3 - self.n / 15, print_fizz);
    }

    fn buzz<F: Fn()>(&self, print_buzz: F) {
        self.follow(&self.buzz_turn, self.n / 5 - self.n / 15, print_buzz);
    }

    fn fizzbuzz<F: Fn()>(&self, print_fizz_buzz: F) {
        self.follow(&self.fizzbuzz_turn, self.n / 15, print_fizz_buzz);
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
    }
}
