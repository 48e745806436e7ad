//! When the next request may begin: never sooner than the delay after the one before, and not at
//! all while the host has asked for peace. There is one host, so there is one pace.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::{Instant, sleep_until};

/// When the next request may begin.
#[derive(Debug)]
pub(super) struct Pace {
    times: Mutex<Times>,
}

#[derive(Debug)]
struct Times {
    /// Between two turns.
    delay: Duration,
    /// Nobody's turn is sooner.
    next: Instant,
    /// Nobody begins sooner, not even those who have had their turn.
    peace: Instant,
}

impl Pace {
    pub(super) fn new(delay: Duration) -> Self {
        let now = Instant::now();
        Self { times: Mutex::new(Times { delay, next: now, peace: now }) }
    }

    /// Waits until a request may begin.
    pub(super) async fn turn(&self) {
        let mut until = self.book();
        // A sleep is not for nothing, even one that is over.
        while until > Instant::now() {
            sleep_until(until).await;
            until = self.times.lock().peace;
        }
    }

    /// Takes the next turn that is free.
    fn book(&self) -> Instant {
        let mut times = self.times.lock();
        let turn = times.next.max(Instant::now());
        times.next = turn + times.delay;
        turn.max(times.peace)
    }

    /// From now on, lets at least `delay` pass between two turns.
    pub(super) fn slow_down(&self, delay: Duration) {
        let mut times = self.times.lock();
        times.delay = times.delay.max(delay);
        times.next = times.next.max(Instant::now() + delay);
    }

    /// Lets nobody begin for `pause`.
    pub(super) fn keep_peace(&self, pause: Duration) {
        let mut times = self.times.lock();
        times.peace = times.peace.max(Instant::now() + pause);
    }
}
