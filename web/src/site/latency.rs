//! Answers that take as long as they are meant to. Tokio's timer counts whole milliseconds and rounds
//! up; a crawler that is compared with 15 ms a page must not wait for 16 or 17.

use std::{
    io,
    sync::mpsc::{self, Sender},
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

/// How long a page takes.
pub type Latency = Duration;

/// A thread that ends the waits of all answers. As they all take the same time, they end in the order
/// in which they begin.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    latency: Latency,
    begun: Sender<Wait>,
}

/// One answer that waits.
#[derive(Debug)]
struct Wait {
    until: Instant,
    over: oneshot::Sender<()>,
}

impl Waits {
    /// Begins the thread, which ends with the last clone of this.
    ///
    /// # Errors
    ///
    /// If the system has no more threads.
    pub(super) fn start(latency: Latency) -> io::Result<Self> {
        let (begun, waits) = mpsc::channel::<Wait>();
        thread::Builder::new().name("latency".to_owned()).spawn(move || {
            for Wait { until, over } in waits {
                thread::sleep(until.saturating_duration_since(Instant::now()));
                // Whoever has asked may be gone.
                let _ = over.send(());
            }
        })?;
        Ok(Self { latency, begun })
    }

    /// Waits for as long as a page takes.
    pub(super) async fn pass(&self) {
        if self.latency.is_zero() {
            return;
        }
        let (over, is_over) = oneshot::channel();
        // If the thread were gone, both would fail at once, and the answer would come early.
        let _ = self.begun.send(Wait { until: Instant::now() + self.latency, over });
        let _ = is_over.await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Waits;
    use crate::network::Network;

    #[test]
    fn answers_that_wait_at_the_same_time_take_no_longer_than_one() {
        let latency = Duration::from_millis(20);
        let (network, waits) = (Network::start(), Waits::start(latency));
        let (network, waits) = (network.expect("there is a thread"), waits.expect("and another"));
        let begun = Instant::now();
        let passes: Vec<_> = (0..100)
            .map(|_| {
                let waits = waits.clone();
                network.handle().spawn(async move { waits.pass().await })
            })
            .collect();
        for pass in passes {
            network.handle().block_on(pass).expect("it does not panic");
        }
        // A hundred in a row would take two seconds.
        let elapsed = begun.elapsed();
        assert!(elapsed >= latency && elapsed < latency * 50, "{elapsed:?}");
    }
}
