#![doc = include_str!("../README.md")]

pub mod analysis;

mod check;
mod controlled;
mod coverage;
mod failure;
mod panics;
mod replayer;
mod shrink;
mod threads;

pub mod outcome;
pub mod pulse;
pub mod schedule;
pub mod strategy;
pub mod trace;
pub mod verify;

use std::sync::Arc;

pub use check::{Checked, Checker, check, replay};
pub use controlled::{Controlled, Run};
pub use coverage::Coverage;
pub use failure::Failure;
pub use outcome::Outcome;
pub use replayer::Replayer;
pub use schedule::Schedule;
pub use shrink::{Shrunk, shrink};
pub use threads::{Noise, Settings, Threads};
pub use verify::{Verifier, verify};

use serde::{Deserialize, Serialize};

/// What an engine runs: called once per execution, as its first task.
pub type Program = Arc<dyn Fn() + Send + Sync>;

/// How far a controlled execution may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How many steps it may take. An execution that is not over by then is a livelock.
    pub steps: usize,
    /// Whether waits may end, and weak compare-exchanges fail, for no reason.
    pub spurious: bool,
    /// Whether atomic loads may see older stores, where their orderings let them.
    #[serde(default)]
    pub weak_memory: bool,
}

impl Default for Limits {
    /// 200,000 steps, and spurious wake-ups; loads see the last store.
    fn default() -> Self {
        Self { steps: 200_000, spurious: true, weak_memory: false }
    }
}
