//! `atomic.rs` with orderings that order nothing. The counter is right, and so is every output that
//! was ever seen; but nothing says that what one task has printed is there when the next one prints.

use sync::{
    atomic::{AtomicI32, Ordering::Relaxed},
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
        while self.printed.load(Relaxed) != place {
            thread::yield_now();
        }
        print();
        self.printed.store(place + 1, Relaxed);
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
