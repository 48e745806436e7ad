//! What came of verifying a program.

use std::fmt;

use super::{End, Survey};
use crate::{analysis::Race, outcome::Outcome, schedule::Draws, strategy::Guide, trace::Trace};

/// What came of verifying a program.
#[derive(Clone, Debug)]
pub struct Verification {
    /// How much was run.
    pub survey: Survey,
    /// The execution that did not end well or had a data race, if there is one.
    pub failure: Option<Failure>,
}

/// An execution that did not end well, or had a data race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How it ended.
    pub outcome: Outcome,
    /// Two accesses to a [`RaceCell`](sync::cell::RaceCell) that nothing orders, if there are such.
    pub race: Option<Race>,
    /// Which one it was, counted from zero.
    pub execution: u64,
    /// What happened.
    pub trace: Trace,
    /// What was drawn besides who is next.
    pub draws: Draws,
}

impl Verification {
    /// Whether every execution was run, and ended well.
    pub fn is_verified(&self) -> bool {
        self.failure.is_none() && self.survey.end == End::Exhausted
    }
}

impl Failure {
    /// What leads a [`Replayer`](crate::Replayer) to the same execution.
    pub fn guide(&self) -> Guide {
        let tasks = self.trace.steps.iter().map(|step| step.task).collect();
        Guide::Trace(tasks, self.draws.clone())
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(failure) = &self.failure {
            return failure.fmt(f);
        }
        let Survey { executions, bound, end, .. } = &self.survey;
        let classes = self.survey.coverage.classes();
        match (end, bound) {
            (End::Exhausted, _) => write!(f, "verified: {executions} executions")?,
            (_, Some(bound)) => write!(f, "verified up to {bound} preemptions, no further: {end}")?,
            (_, None) => write!(f, "not verified after {executions} executions: {end}")?,
        }
        write!(f, ", {classes} classes")
    }
}

/// How it ended, and its steps in order.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { outcome, race, execution, trace, .. } = self;
        match race {
            Some(race) if *outcome == Outcome::Completed => {
                writeln!(f, "execution {execution} has a data race: {race}")?;
            }
            _ => writeln!(f, "execution {execution} does not end well: {}", ending(outcome))?,
        }
        writeln!(f, "its steps:")?;
        for (number, step) in trace.steps.iter().enumerate() {
            writeln!(f, "{number:>5}  {}", trace.tell(step))?;
        }
        Ok(())
    }
}

fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed => "every task ended".to_owned(),
        Outcome::Deadlock(blocked) | Outcome::TimedOut(blocked) => {
            let blocked: Vec<_> = blocked.iter().map(|blocked| format!("\n  {blocked}")).collect();
            format!("nobody can move{}", blocked.concat())
        }
        Outcome::Panicked(panic) => panic.to_string(),
        Outcome::StepLimit(steps) => format!("all only look again and again, {steps} steps"),
        Outcome::GivenUp => "it was given up".to_owned(),
    }
}
