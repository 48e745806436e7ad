//! Ending a judgement early, with what is known.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

/// A flag that a signal raises and a judgement looks at between executions.
///
/// Relaxed is enough: nothing else is passed along with it.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Stops as if `signal` had come.
    pub fn raise(&self, signal: usize) {
        self.0.store(signal, Relaxed);
    }

    /// The signal that came, if one has.
    pub fn signal(&self) -> Option<usize> {
        Some(self.0.load(Relaxed)).filter(|&signal| signal != 0)
    }

    /// The flag itself, for a signal handler to set.
    pub fn flag(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.0)
    }
}
