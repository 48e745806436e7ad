//! `judge worker`: the other side of a supervisor, for nobody else to start.

use clap::Args;

use crate::{Exit, worker::serve::serve};

/// Serves the judge that has started it
#[derive(Debug, Args)]
pub(super) struct Worker {
    /// The process that has started it
    parent: i32,
}

impl Worker {
    pub(super) fn run(&self) -> Exit {
        serve(self.parent)
    }
}
