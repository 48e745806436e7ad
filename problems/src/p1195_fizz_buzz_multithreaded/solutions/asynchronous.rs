//! All four watch the count. A watch holds the latest value and tells everybody of a change, so who
//! comes late or is slow sees where the count is, and nothing is lost.

use sync::future::watch::{self, Sender};

use crate::p1195_fizz_buzz_multithreaded::AsyncFizzBuzz;

/// The count, for all to see.
pub(super) struct Watched {
    n: i32,
    /// The number that has to be said next, from 1 to `n + 1`.
    next: Sender<i32>,
}

impl Watched {
    async fn take_turns(
        &self,
        is_mine: impl Fn(i32) -> bool + Send + Sync,
        print: impl Fn(i32) + Send + Sync,
    ) {
        let mut next = self.next.subscribe();
        loop {
            let turn = next.wait_for(|&i| i > self.n || is_mine(i)).await;
            let i = *turn.expect("the sender lives as long as self");
            if i > self.n {
                return;
            }
            print(i);
            self.next.send_replace(i + 1);
        }
    }
}

impl AsyncFizzBuzz for Watched {
    fn new(n: i32) -> Self {
        Self { n, next: watch::channel(1).0 }
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
