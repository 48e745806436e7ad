//! Ending a crawl early.

use std::sync::Arc;

use tokio::sync::watch;

/// Ends a crawl: what is under way is given up at once, and nothing more is asked for.
#[derive(Clone, Debug)]
pub struct Halt(Arc<watch::Sender<bool>>);

impl Halt {
    /// Ends the crawl, for all who hold a clone.
    pub fn raise(&self) {
        self.0.send_replace(true);
    }

    /// Whether it has been ended.
    pub fn is_raised(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is.
    pub(crate) async fn raised(&self) {
        // The error says that nobody is left to raise it, and we hold a clone.
        let _ = self.0.subscribe().wait_for(|raised| *raised).await;
    }
}

impl Default for Halt {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}
