//! How much of what can happen has been run.

use std::fmt;

use crate::Coverage;

/// How much of what can happen has been run.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// How many executions were run to their ends.
    pub executions: u64,
    /// How many were given up, since what was left of them had been seen.
    pub given_up: u64,
    /// Their interleaving classes.
    pub coverage: Coverage,
    /// How many states were met, if what follows one was run once instead of each class.
    pub states: Option<u64>,
    /// Up to how many preemptions every execution was run, if they were bounded.
    pub bound: Option<usize>,
    /// Which part of the search is done, from 0 to 1: an estimate as long as it is under way.
    pub done: f64,
    /// Why it ended.
    pub end: End,
}

/// Why a search ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Nothing is left.
    Exhausted,
    /// Nothing is left but executions with more preemptions.
    Bounded,
    /// Its time was over.
    OutOfTime,
    /// There are too many classes to run one execution of each.
    TooManyClasses,
    /// It had run as many executions as it might.
    OutOfExecutions,
    /// An execution was not over after so many steps: a task loops without waiting for others in a
    /// way that can be seen.
    Unbounded(usize),
    /// The program has not done the same after the same choices.
    Parted,
    /// Whoever looked at the executions has seen enough.
    #[default]
    Stopped,
}

/// Why there is more than was run.
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exhausted => f.write_str("nothing is left"),
            Self::Bounded => f.write_str("executions with more preemptions are left"),
            Self::OutOfTime => f.write_str("the time is over"),
            Self::TooManyClasses => f.write_str("there are too many classes"),
            Self::OutOfExecutions => f.write_str("that is as many executions as there may be"),
            Self::Unbounded(steps) => write!(
                f,
                "an execution is not over after {steps} steps: somebody loops without yielding, or \
                 changes something each time"
            ),
            Self::Parted => f.write_str("the same choices lead to something else"),
            Self::Stopped => f.write_str("it was stopped"),
        }
    }
}
