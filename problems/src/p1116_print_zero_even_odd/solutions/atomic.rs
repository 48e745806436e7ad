//! A counter says how many numbers are printed, and every place in the output belongs to one task.
//! The task that waits looks again and again, and lets others go first in between.

use sync::{
    atomic::{
        AtomicI32,
        Ordering::{Acquire, Release},
    },
    thread,
};

use crate::p1116_print_zero_even_odd::ZeroEvenOdd;

/// How far the output is. Only the task whose turn it is writes it.
pub(super) struct Series {
    n: i32,
    printed: AtomicI32,
}

impl Series {
    fn take_turn(&self, place: i32, print: impl FnOnce()) {
        // Acquire: pairs with the Release below, in the task before; what it printed is before
        // what is printed here.
        thread::yield_while(|| self.printed.load(Acquire) != place);
        print();
        self.printed.store(place + 1, Release);
    }
}

impl ZeroEvenOdd for Series {
    fn new(n: i32) -> Self {
        Self { n, printed: AtomicI32::new(0) }
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
