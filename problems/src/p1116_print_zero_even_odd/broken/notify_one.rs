//! Broken: one notification for three who wait in the same place (1116-b). If the one for odd
//! reaches even, that waits again, and the others sleep for ever. Right for `n = 1`.

use sync::{Condvar, Mutex};

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// How far the output is, and a way to hear of a change.
pub(super) struct Series {
    n: i32,
    printed: Mutex<i32>,
    changed: Condvar,
}

impl Series {
    fn take_turn(&self, place: i32, print: impl FnOnce()) {
        let mut printed = self.printed.lock();
        while *printed != place {
            self.changed.wait(&mut printed);
        }
        print();
        *printed += 1;
        self.changed.notify_one();
    }
}

impl ZeroEvenOdd for Series {
    fn new(n: i32) -> Self {
        Self { n, printed: Mutex::new(0), changed: Condvar::new() }
    }

    fn zero<F: Fn(i32)>(&self, print_number: F) {
        for number in 1..=self.n {
            self.take_turn(2 * number - 2, || print_number(0));
        }
    }

    fn even<F: Fn(i32)>(&self, print_number: F) {
        for number in (2..=self.n).step_by(2) {
            self.take_turn(2 * number - 1, || print_number(number));
        }
    }

    fn odd<F: Fn(i32)>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            self.take_turn(2 * number - 1, || print_number(number));
        }
    }
}
