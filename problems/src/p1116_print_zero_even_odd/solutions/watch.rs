//! A watched number says how many numbers are printed, and every place in the output belongs to one
//! task. Tokio's `watch` is a mutex and a condvar in one: waiting takes the predicate along.

use sync::future::watch::{self, Sender};

use crate::p1116_print_zero_even_odd::AsyncZeroEvenOdd;

/// How far the output is; whoever waits subscribes.
pub(super) struct Series {
    n: i32,
    printed: Sender<i32>,
}

impl Series {
    async fn take_turn(&self, place: i32, print: impl FnOnce()) {
        let mut printed = self.printed.subscribe();
        let reached = printed.wait_for(|&printed| printed == place).await;
        // What `wait_for` gives is a lock, which the change below needs.
        drop(reached.expect("the sender lives as long as self"));
        print();
        self.printed.send_replace(place + 1);
    }
}

impl AsyncZeroEvenOdd for Series {
    fn new(n: i32) -> Self {
        Self { n, printed: watch::channel(0).0 }
    }

    async fn zero<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        for number in 1..=self.n {
            self.take_turn(2 * number - 2, || print_number(0)).await;
        }
    }

    async fn even<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        for number in (2..=self.n).step_by(2) {
            self.take_turn(2 * number - 1, || print_number(number)).await;
        }
    }

    async fn odd<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            self.take_turn(2 * number - 1, || print_number(number)).await;
        }
    }
}
