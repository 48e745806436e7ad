//! How an execution ended.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};
use sync::control::{Op, TaskId};

use crate::trace::Place;

/// How one execution ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every task ended.
    Completed,
    /// Nobody can move, and these have not ended.
    Deadlock(Vec<Blocked>),
    /// A task panicked.
    Panicked(Box<Panic>),
    /// The execution had not ended after as many steps as it was allowed.
    StepLimit(usize),
    /// The strategy had nothing more to learn from it.
    GivenUp,
    /// The execution had not ended after the time it was allowed: on OS threads only.
    TimedOut(Vec<Blocked>),
}

/// A task that waits, and what for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// The task's number.
    pub task: TaskId,
    /// The task's name.
    pub name: String,
    /// What it is about to do, if that is known.
    pub wait: Option<Wait>,
}

/// An operation that cannot complete yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// What would be done.
    pub op: Op,
    /// On what: "mutex #0", or a task's name.
    pub on: String,
    /// Where in the source.
    pub place: Place,
}

/// A panic, as it was raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panic {
    /// The task's name.
    pub task: String,
    /// What it said.
    pub message: String,
    /// Where, as the file's name and the line.
    pub place: String,
}

/// Where in the source tasks wait, and how: what tells one deadlock from another.
pub fn waits<'a>(
    blocked: impl IntoIterator<Item = &'a Blocked>,
) -> BTreeSet<(&'static str, String)> {
    let waits = blocked.into_iter().filter_map(|blocked| blocked.wait.as_ref());
    waits.map(|wait| (wait.op.waiting(), wait.place.to_string())).collect()
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} at {}", self.op.waiting(), self.on, self.place)
    }
}

impl fmt::Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.wait {
            Some(wait) => write!(f, "{} {wait}", self.name),
            None => write!(f, "{} runs, or waits for something that cannot be seen", self.name),
        }
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} panicked at {}: {}", self.task, self.place, self.message)
    }
}
