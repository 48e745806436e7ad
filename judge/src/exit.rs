//! What the command's exit code says.

use std::process::ExitCode;

/// What the command's exit code says. The numbers do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Every solution that was judged is accepted, or there was nothing to judge.
    Accepted,
    /// A solution was rejected.
    Rejected,
    /// The command line makes no sense.
    Usage,
    /// The judge itself failed. Never to be taken for a verdict.
    Failed,
    /// Nothing was selected.
    Nothing,
    /// Nothing can be said: the budget was used up, or a replay did not show what was recorded.
    Inconclusive,
    /// A signal ended the command, which said what it knew.
    Signal(u8),
}

impl Exit {
    /// The number that the process exits with.
    pub fn code(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Rejected => 1,
            Self::Usage => 2,
            Self::Failed => 3,
            Self::Nothing => 4,
            Self::Inconclusive => 5,
            Self::Signal(signal) => 128 + signal,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
