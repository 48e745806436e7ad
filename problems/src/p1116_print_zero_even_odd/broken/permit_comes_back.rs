//! Broken: a permit that is acquired comes back when its guard is dropped, here at once, and each
//! gate stays open after its first turn. Right for `n = 1`.

use sync::future::Semaphore;

use crate::p1116_print_zero_even_odd::AsyncZeroEvenOdd;

/// Three gates, of which zero's is open.
pub(super) struct Gates {
    n: i32,
    zero_turn: Semaphore,
    even_turn: Semaphore,
    odd_turn: Semaphore,
}

async fn wait_for(turn: &Semaphore) {
    drop(turn.acquire().await.expect("nobody closes the gates"));
}

impl AsyncZeroEvenOdd for Gates {
    fn new(n: i32) -> Self {
        let (zero_turn, even_turn) = (Semaphore::new(1), Semaphore::new(0));
        Self { n, zero_turn, even_turn, odd_turn: Semaphore::new(0) }
    }

    async fn zero<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        for number in 1..=self.n {
            wait_for(&self.zero_turn).await;
            print_number(0);
            let next_turn = if number % 2 == 0 { &self.even_turn } else { &self.odd_turn };
            next_turn.add_permits(1);
        }
    }

    async fn even<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        for number in (2..=self.n).step_by(2) {
            wait_for(&self.even_turn).await;
            print_number(number);
            self.zero_turn.add_permits(1);
        }
    }

    async fn odd<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        for number in (1..=self.n).step_by(2) {
            wait_for(&self.odd_turn).await;
            print_number(number);
            self.zero_turn.add_permits(1);
        }
    }
}
