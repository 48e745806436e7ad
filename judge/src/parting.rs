//! Where two executions part that should be the same.

use std::fmt;

use engine::trace::Trace;
use serde::{Deserialize, Serialize};

/// The first step at which two executions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parting {
    /// The number of the step.
    pub step: usize,
    /// What happened there at first; nothing if the execution was over.
    pub first: Option<String>,
    /// What happened there the second time.
    pub second: Option<String>,
}

impl Parting {
    /// Where `second` parts from `first`; `None` if the two are the same.
    pub(crate) fn of(first: &Trace, second: &Trace) -> Option<Self> {
        if first.steps == second.steps {
            return None;
        }
        let same = first.steps.iter().zip(&second.steps).take_while(|(one, two)| one == two);
        let step = same.count();
        let tell = |trace: &Trace| trace.steps.get(step).map(|step| trace.tell(step));
        Some(Self { step, first: tell(first), second: tell(second) })
    }
}

impl fmt::Display for Parting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let happens = |what: &Option<String>| what.clone().unwrap_or_else(|| "it is over".into());
        let (first, second) = (happens(&self.first), happens(&self.second));
        write!(f, "at step {} first {first}, then {second}", self.step)
    }
}
