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

#[cfg(test)]
mod tests {
    use engine::trace::{Operation, Step, Trace};
    use sync::control::Op;

    use super::Parting;

    /// An execution in which these tasks lock a mutex, one after the other.
    #[track_caller]
    fn of(tasks: &[usize]) -> Trace {
        let place = std::panic::Location::caller();
        let operation = Operation { op: Op::Lock, resource: 0, place };
        let steps = tasks.iter().map(|&task| Step { task, operation }).collect();
        let mut trace = Trace::default();
        (trace.steps, trace.tasks) = (steps, ["foo", "bar"].map(str::to_owned).into());
        trace
    }

    #[test]
    fn two_part_at_the_first_step_that_differs() {
        let [one, two] = [&[0, 1, 0, 1][..], &[0, 1, 1, 0]].map(|tasks| of(tasks));
        let parting = Parting::of(&one, &two).expect("they are not the same");
        let tells = |trace: &Trace| Some(trace.tell(&trace.steps[2]));
        assert_eq!(parting, Parting { step: 2, first: tells(&one), second: tells(&two) });
    }

    #[test]
    fn one_that_is_over_parts_from_one_that_goes_on() {
        let [one, two] = [&[0, 1][..], &[0, 1, 1]].map(|tasks| of(tasks));
        let parting = Parting::of(&one, &two).expect("they are not the same");
        let second = Some(two.tell(&two.steps[2]));
        assert_eq!(parting, Parting { step: 2, first: None, second });
        let same = [&[0, 1][..]; 2].map(|tasks| of(tasks));
        assert_eq!(Parting::of(&same[0], &same[1]), None);
    }
}
