//! What a site server saw.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use parking_lot::Mutex;

/// What a site server saw: the other side of "each page exactly once".
///
/// Relaxed is enough for the numbers: each is looked at alone.
#[derive(Debug, Default)]
pub struct Stats {
    requests: Mutex<BTreeMap<String, usize>>,
    open: AtomicUsize,
    peak: AtomicUsize,
}

impl Stats {
    /// How often each URL was asked for, of those that were.
    pub fn requests(&self) -> BTreeMap<String, usize> {
        self.requests.lock().clone()
    }

    /// The most connections that were open at the same time.
    pub fn peak_connections(&self) -> usize {
        self.peak.load(Relaxed)
    }

    /// How many connections are open now.
    pub fn open_connections(&self) -> usize {
        self.open.load(Relaxed)
    }

    /// Forgets what was seen.
    pub fn clear(&self) {
        self.requests.lock().clear();
        self.peak.store(self.open.load(Relaxed), Relaxed);
    }

    pub(super) fn ask(&self, url: String) {
        *self.requests.lock().entry(url).or_default() += 1;
    }

    pub(super) fn open(&self) {
        let open = self.open.fetch_add(1, Relaxed) + 1;
        self.peak.fetch_max(open, Relaxed);
    }

    pub(super) fn close(&self) {
        self.open.fetch_sub(1, Relaxed);
    }
}
