//! What came of verifying a program.

use std::fmt;

use super::{End, Survey};
use crate::Failure;

/// What came of verifying a program.
#[derive(Clone, Debug)]
pub struct Verification {
    /// How much was run.
    pub survey: Survey,
    /// An execution that did not end well or had a data race, if there is one.
    pub failure: Option<Failure>,
}

impl Verification {
    /// Whether every execution was run, and ended well.
    pub fn is_verified(&self) -> bool {
        self.failure.is_none() && self.survey.end == End::Exhausted
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
