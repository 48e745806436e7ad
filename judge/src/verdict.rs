//! The judge's word on one solution.

use std::fmt;

use engine::{
    Limits, Outcome,
    analysis::{Cause, Race},
    outcome::{Blocked, Panic},
    schedule::Draws,
    strategy::{StrategyKind, Witness},
    trace::Trace,
};
use problems::{Fault, Told, Violation};
use serde::{Deserialize, Serialize};

use crate::{Death, EngineKind, Kept, Parting, explain, number::grouped};

/// The judge's word on one solution, as one engine found it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// Every execution of the budget was right. That is no proof.
    Accepted,
    /// An execution was wrong.
    Rejected(Box<Evidence>),
    /// The judgement was ended before it had seen enough to speak.
    Stopped,
}

/// The execution that was wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was wrong with it.
    pub rejection: Rejection,
    /// The name of the case, or the input that the user gave.
    pub case: String,
    /// The seed of the judgement.
    pub seed: u64,
    /// Which execution of the case it was, counted from zero.
    pub execution: u64,
    /// Which engine ran it.
    pub engine: EngineKind,
    /// Who was next, under control.
    pub strategy: StrategyKind,
    /// How far it was allowed to go, under control.
    pub limits: Limits,
    /// How many steps it had when it was found.
    pub found_steps: usize,
    /// What was drawn when it was found, besides who is next.
    pub draws: Draws,
    /// What happened, where the engine can tell: in an execution as short as it was made that is
    /// wrong in the same way.
    pub trace: Option<Trace>,
    /// The choices that lead there, and where they go against habit.
    pub witness: Option<Witness>,
    /// What the callbacks did, one line for each beginning and each end.
    pub told: Told,
    /// Whether only the strict reading of the statement was broken, in every execution.
    pub strict_only: bool,
    /// Whether there is a record of it.
    pub kept: Kept,
}

/// How a solution is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rejection {
    /// The output breaks the statement.
    WrongAnswer(String),
    /// The output is right, a rule of state is broken.
    InvariantViolated(String),
    /// Nobody can move.
    Deadlock {
        /// These have not ended.
        blocked: Vec<Blocked>,
        /// What it is an instance of, if that can be told.
        cause: Option<Cause>,
    },
    /// It had not ended after so many steps.
    Livelock(usize),
    /// A task panicked.
    Panicked(Panic),
    /// What had to be done at the same time was not.
    NotConcurrent(String),
    /// Something goes on after the calls have returned.
    Leak(String),
    /// It had not ended when its time was over; these had not.
    TimedOut(Vec<Blocked>),
    /// The output is right, and nothing orders two accesses that must be.
    DataRace(Box<Race>),
    /// The same choices led to something else: it depends on what nobody controls.
    NotReproducible(Parting),
    /// The process in which it ran died of it, or had to be ended.
    Died(Box<Death>),
}

impl Evidence {
    /// What is wrong, and what loads have not seen, one statement a line.
    pub fn explain(&self) -> Vec<String> {
        let mut lines = self.rejection.explain();
        lines.extend(self.trace.iter().flat_map(Trace::unseen));
        lines
    }

    /// Whether it speaks of no task and no step that it does not tell of.
    pub(crate) fn is_coherent(&self) -> bool {
        match (&self.trace, &self.witness) {
            (Some(trace), witness) => {
                self.rejection.fits(trace) && witness.as_ref().is_none_or(|w| speaks_of(w, trace))
            }
            (None, witness) => witness.is_none(),
        }
    }
}

/// Whether `witness` speaks of tasks and steps of `trace` alone.
pub(crate) fn speaks_of(witness: &Witness, trace: &Trace) -> bool {
    let is_there =
        |&(step, task): &(usize, usize)| task < trace.tasks.len() && step <= trace.steps.len();
    witness.could.iter().all(is_there)
}

impl Verdict {
    /// Whether the solution was accepted.
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted)
    }

    /// The execution that was wrong.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::Rejected(evidence) => Some(evidence),
            Self::Accepted | Self::Stopped => None,
        }
    }

    /// The verdict's name, as every report writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected(evidence) => evidence.rejection.name(),
            Self::Stopped => "inconclusive",
        }
    }
}

impl Rejection {
    /// Whether it speaks of tasks of `trace` alone.
    pub(crate) fn fits(&self, trace: &Trace) -> bool {
        match self {
            Self::Deadlock { blocked, .. } => {
                blocked.iter().all(|blocked| blocked.task < trace.tasks.len())
            }
            _ => true,
        }
    }

    /// That so many threads go on when everything is over.
    pub(crate) fn of_threads(threads: u64) -> Self {
        let what = match threads {
            1 => "a thread that it".to_owned(),
            _ => format!("{threads} threads that it"),
        };
        Self::Leak(format!("{what} started outside of sync never ends"))
    }

    /// What an execution that ended as `outcome` is rejected for, if it is; `violation` is what
    /// the checker found in it.
    ///
    /// What the output shows comes first, since it happened before the end. A rule that only the
    /// strict reading knows is weaker than not ending at all.
    pub(crate) fn of(outcome: Outcome, violation: Option<Violation>) -> Option<(Self, bool)> {
        use problems::Grade::{LeetCode, Strict};
        match (outcome, violation) {
            // Given up: only exhaustive search does that, and it has seen the like before.
            (Outcome::Completed, None) | (Outcome::GivenUp, _) => None,
            (_, Some(violation)) if violation.grade == LeetCode => {
                Some((Self::violated(violation), false))
            }
            (Outcome::Completed, Some(violation)) => {
                let strict_only = violation.grade == Strict;
                Some((Self::violated(violation), strict_only))
            }
            (Outcome::Deadlock(blocked), _) => {
                Some((Self::Deadlock { blocked, cause: None }, false))
            }
            (Outcome::StepLimit(steps), _) => Some((Self::Livelock(steps), false)),
            (Outcome::Panicked(panic), _) => Some((Self::Panicked(*panic), false)),
            (Outcome::TimedOut(blocked), _) => Some((Self::TimedOut(blocked), false)),
        }
    }

    /// What an execution that showed `output` is rejected for, if that is not what it had to show.
    pub(crate) fn of_output(output: &str, expected: &str) -> Option<Self> {
        let differs = output.trim_end() != expected;
        differs.then(|| {
            Self::WrongAnswer(format!("the output is {output:?}, accepted is {expected:?}"))
        })
    }

    fn violated(violation: Violation) -> Self {
        match violation.fault {
            Fault::WrongAnswer => Self::WrongAnswer(violation.message),
            Fault::NotConcurrent => Self::NotConcurrent(violation.message),
            Fault::Leak => Self::Leak(violation.message),
            _ => Self::InvariantViolated(violation.message),
        }
    }

    /// The rejection's name, as every report writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::WrongAnswer(_) => "wrong answer",
            Self::InvariantViolated(_) => "invariant violated",
            Self::Deadlock { .. } => "deadlock",
            Self::Livelock(_) => "livelock",
            Self::Panicked(_) => "panicked",
            Self::NotConcurrent(_) => "not concurrent",
            Self::Leak(_) => "leak",
            Self::TimedOut(_) => "timed out",
            Self::DataRace(_) => "data race",
            Self::NotReproducible(_) => "not reproducible",
            Self::Died(death) => death.name(),
        }
    }

    /// The kind of fault this is, if it is one that an answer can be listed with.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::WrongAnswer(_) => Some(Fault::WrongAnswer),
            Self::InvariantViolated(_) => Some(Fault::InvariantViolated),
            Self::Deadlock { .. } => Some(Fault::Deadlock),
            Self::Livelock(_) => Some(Fault::Livelock),
            Self::Panicked(_) => Some(Fault::Panicked),
            Self::NotConcurrent(_) => Some(Fault::NotConcurrent),
            Self::Leak(_) => Some(Fault::Leak),
            Self::DataRace(_) => Some(Fault::DataRace),
            Self::TimedOut(_) | Self::NotReproducible(_) | Self::Died(_) => None,
        }
    }

    /// What is wrong, one statement a line.
    pub fn explain(&self) -> Vec<String> {
        match self {
            Self::WrongAnswer(message)
            | Self::InvariantViolated(message)
            | Self::NotConcurrent(message)
            | Self::Leak(message) => vec![message.clone()],
            Self::Deadlock { blocked, cause } => explain::deadlock(blocked, cause.as_ref()),
            Self::TimedOut(blocked) => explain::deadlock(blocked, None),
            Self::DataRace(race) => race.lines(),
            Self::Livelock(steps) => {
                vec![format!("not over after {} steps", grouped(*steps as u64))]
            }
            Self::Panicked(panic) => vec![panic.to_string()],
            Self::Died(death) => death.explain(),
            Self::NotReproducible(parting) => vec![
                "the same choices lead to something else: it depends on the clock, a static,"
                    .to_owned(),
                "the order of a hash map, or another thing that nobody controls".to_owned(),
                parting.to_string(),
            ],
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests;
