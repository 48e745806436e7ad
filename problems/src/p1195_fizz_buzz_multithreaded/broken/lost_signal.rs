//! Broken: a count and a signal instead of a watch. `notify_waiters` reaches those who wait already
//! and leaves nothing for those who have looked and are about to.

use sync::{
    atomic::{
        AtomicI32,
        Ordering::{Acquire, Release},
    },
    future::Notify,
};

use crate::p1195_fizz_buzz_multithreaded::AsyncFizzBuzz;

/// The count, and a signal that it has changed.
pub(super) struct Notified {
    n: i32,
    /// The number that has to be said next, from 1 to `n + 1`.
    next: AtomicI32,
    changed: Notify,
}

impl Notified {
    async fn take_turns(
        &self,
        is_mine: impl Fn(i32) -> bool + Send + Sync,
        print: impl Fn(i32) + Send + Sync,
    ) {
        loop {
            // Acquire: pairs with the Release below, in the task that spoke before.
            let i = self.next.load(Acquire);
            if i > self.n {
                return;
            }
            if is_mine(i) {
                print(i);
                self.next.store(i + 1, Release);
                self.changed.notify_waiters();
            } else {
                self.changed.notified().await;
            }
        }
    }
}

impl AsyncFizzBuzz for Notified {
    fn new(n: i32) -> Self {
        Self { n, next: AtomicI32::new(1), changed: Notify::new() }
    }

    async fn fizz<F: Fn() + Send + Sync>(&self, print_fizz: F) {
        self.take_turns(|i| i % 3 == 0 && i % 5 != 0, |_| print_fizz()).await;
    }

    async fn buzz<F: Fn() + Send + Sync>(&self, print_buzz: F) {
        self.take_turns(|i| i % 3 != 0 && i % 5 == 0, |_| print_buzz()).await;
    }

    async fn fizzbuzz<F: Fn() + Send + Sync>(&self, print_fizz_buzz: F) {
        self.take_turns(|i| i % 15 == 0, |_| print_fizz_buzz()).await;
    }

    async fn number<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        self.take_turns(|i| i % 3 != 0 && i % 5 != 0, print_number).await;
    }
}
