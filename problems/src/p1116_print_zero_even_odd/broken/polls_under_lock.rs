//! Broken: each role has a flag in a mutex and looks at it again and again with the mutex locked
//! (1116-d), so that nobody can ever raise it. Right if everybody comes just after its turn has.

use sync::{Mutex, thread};

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// A flag for each role, of which zero's is up.
pub(super) struct Flags {
    n: i32,
    zero_turn: Mutex<bool>,
    even_turn: Mutex<bool>,
    odd_turn: Mutex<bool>,
}

#[expect(clippy::while_immutable_condition, reason = "clippy sees what is broken")]
fn take_turn(mine: &Mutex<bool>, theirs: &Mutex<bool>, print: impl FnOnce()) {
    let mut my_turn = mine.lock();
    while !*my_turn {
        thread::yield_now();
    }
    *my_turn = false;
    drop(my_turn);
    print();
    *theirs.lock() = true;
}

impl ZeroEvenOdd for Flags {
    fn new(n: i32) -> Self {
        let (zero_turn, even_turn) = (Mutex::new(true), Mutex::new(false));
        Self { n, zero_turn, even_turn, odd_turn: Mutex::new(false) }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for number in 1..=self.n {
            let next_turn = if number % 2 == 0 { &self.even_turn } else { &self.odd_turn };
            take_turn(&self.zero_turn, next_turn, || print_number(0));
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for number in (2..=self.n).step_by(2) {
            take_turn(&self.even_turn, &self.zero_turn, || print_number(number));
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            take_turn(&self.odd_turn, &self.zero_turn, || print_number(number));
        }
    }
}
