//! Broken: if `n` is odd, even waits for one more turn than there is. Everything is printed, and
//! even does not return.

use sync::Semaphore;

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// Three gates, of which zero's is open.
pub(super) struct Gates {
    n: i32,
    zero_turn: Semaphore,
    even_turn: Semaphore,
    odd_turn: Semaphore,
}

impl ZeroEvenOdd for Gates {
    fn new(n: i32) -> Self {
        let (zero_turn, even_turn) = (Semaphore::new(1), Semaphore::new(0));
        Self { n, zero_turn, even_turn, odd_turn: Semaphore::new(0) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for number in 1..=self.n {
            self.zero_turn.acquire();
            print_number(0);
            let next_turn = if number % 2 == 0 { &self.even_turn } else { &self.odd_turn };
            next_turn.release();
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for number in (2..=self.n + 1).step_by(2) {
            self.even_turn.acquire();
            print_number(number);
            self.zero_turn.release();
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            self.odd_turn.acquire();
            print_number(number);
            self.zero_turn.release();
        }
    }
}
