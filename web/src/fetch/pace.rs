//! When the next request may begin: never sooner than the delay after the one before, and not at
//! all while the host has asked for peace. There is one host, so there is one pace.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::{Instant, sleep_until};

/// When the next request may begin.
#[derive(Debug)]
pub(super) struct Pace {
    delay: Duration,
    times: Mutex<Times>,
}

#[derive(Debug)]
struct Times {
    /// Nobody's turn is sooner.
    next: Instant,
    /// Nobody begins sooner, not even those who have had their turn.
    peace: Instant,
}

impl Pace {
    pub(super) fn new(delay: Duration) -> Self {
        let now = Instant::now();
        Self { delay, times: Mutex::new(Times { next: now, peace: now }) }
    }

    /// Waits until a request may begin.
    pub(super) async fn turn(&self) {
        sleep_until(self.book()).await;
        loop {
            let peace = self.times.lock().peace;
            if peace <= Instant::now() {
                return;
            }
            sleep_until(peace).await;
        }
    }

    /// Takes the next turn that is free.
    fn book(&self) -> Instant {
        let mut times = self.times.lock();
        let turn = times.next.max(Instant::now());
        times.next = turn + self.delay;
        turn
    }

    /// Lets nobody begin for `pause`.
    pub(super) fn keep_peace(&self, pause: Duration) {
        let mut times = self.times.lock();
        times.peace = times.peace.max(Instant::now() + pause);
    }
}
