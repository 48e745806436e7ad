//! What a worker may use, and how long it may take.

use std::time::Duration;

use crate::{Site, worker::confinement::Confinement};

/// The limits of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guard {
    /// Bytes of memory that it may write to.
    pub(crate) memory: u64,
    /// Bytes that a solution may print.
    pub(crate) output: u64,
    /// How many threads it may have at once.
    pub(crate) threads: u64,
    /// How many files may be open.
    pub(crate) files: u64,
    /// How long it may wait outside of `sync` under control, or run without an operation.
    pub(crate) stall: Duration,
    /// How long a whole judgement may take.
    pub(crate) total: Option<Duration>,
    /// Seconds of processor time that a worker may use, in all.
    pub(crate) cpu: Option<u64>,
    /// Whether Landlock and seccomp are used.
    pub(crate) sandbox: bool,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            output: 1 << 20,
            threads: 512,
            files: 256,
            stall: Duration::from_secs(1),
            total: None,
            cpu: None,
            sandbox: true,
        }
    }
}

impl Guard {
    pub(super) fn confinement(&self, site: Site) -> Confinement {
        Confinement {
            memory: self.memory,
            cpu: self.cpu,
            files: self.files,
            network: site == Site::Http,
            sandbox: self.sandbox,
        }
    }
}
