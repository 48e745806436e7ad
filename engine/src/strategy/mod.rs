//! Who is next: the question, and those who answer it.

mod generator;
mod habit;
mod random;
mod replay;

use sync::control::TaskId;

pub use self::{
    generator::Generator,
    random::Random,
    replay::{Guide, Witness},
};
pub(crate) use self::{
    generator::mix,
    replay::{Desk, Replay},
};
use crate::trace::Operation;

/// Decides which task runs next.
///
/// A strategy sees task numbers and pending operations, never the program. Given the same seed and
/// the same questions it gives the same answers.
pub trait Strategy: Send {
    /// Prepares for execution number `execution`, counted from zero; `false` means that there is
    /// nothing left to try.
    fn begin(&mut self, execution: u64) -> bool;

    /// Picks one of the enabled tasks, of which there are at least two.
    fn choose(&mut self, choices: &Choices<'_>) -> TaskId;

    /// Picks one of `0..alternatives`, of which there are at least two: which waiter a
    /// notification wakes, in which order calls are made.
    fn pick(&mut self, alternatives: usize) -> usize;

    /// Whether a wait that begins now may end for no reason.
    fn may_wake_spuriously(&mut self) -> bool {
        self.pick(8) == 0
    }
}

/// The tasks that could go on, and what they would do.
pub struct Choices<'a> {
    enabled: &'a [TaskId],
    current: Option<TaskId>,
    pending: &'a dyn Operations,
}

/// The tasks' pending operations.
pub trait Operations {
    /// What `task` would do next.
    fn of(&self, task: TaskId) -> Operation;

    /// How many steps the execution has taken.
    fn steps(&self) -> usize {
        0
    }
}

impl<'a> Choices<'a> {
    /// The choice among `enabled`, whose operations `pending` tells.
    #[inline]
    pub fn new(
        enabled: &'a [TaskId],
        current: Option<TaskId>,
        pending: &'a dyn Operations,
    ) -> Self {
        Self { enabled, current, pending }
    }

    /// The tasks to choose from: at least two, in ascending order but for those that would wake
    /// spuriously, which come last.
    #[inline]
    pub fn enabled(&self) -> &'a [TaskId] {
        self.enabled
    }

    /// The task that asked, if it has not ended. Choosing another while it is enabled is a
    /// preemption.
    pub fn current(&self) -> Option<TaskId> {
        self.current
    }

    /// What `task` would do next.
    pub fn operation(&self, task: TaskId) -> Operation {
        self.pending.of(task)
    }

    /// The number of the step that is chosen for, counted from zero.
    pub fn step(&self) -> usize {
        self.pending.steps()
    }
}
