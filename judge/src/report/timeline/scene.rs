//! What there is to see of an execution: its steps in words, and what each task was up to.

use engine::{
    outcome::Blocked,
    strategy::Witness,
    trace::{Place, Step, Trace},
};
use problems::Told;
use sync::control::{Op, TaskId};

use crate::{Evidence, Rejection, Replayed, source};

/// An execution, as it is shown.
pub(crate) struct Scene<'a> {
    pub(crate) trace: &'a Trace,
    told: &'a Told,
    witness: Option<&'a Witness>,
    rejection: Option<&'a Rejection>,
    /// The steps from which and up to which each task is there.
    spans: Vec<(usize, usize)>,
}

/// What a task is up to when a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// It is not there yet, or no more.
    Absent,
    /// It takes the step.
    Runs,
    /// It could have gone on as well.
    Ready,
    /// It waits.
    Waits,
}

impl<'a> Scene<'a> {
    fn new(
        trace: &'a Trace,
        told: &'a Told,
        witness: Option<&'a Witness>,
        rejection: Option<&'a Rejection>,
    ) -> Self {
        let spans = spans(trace, witness, rejection);
        Self { trace, told, witness, rejection, spans }
    }

    /// What is shown of `evidence`, if anything can be.
    pub(crate) fn of(evidence: &'a Evidence) -> Option<Self> {
        let Evidence { trace, told, witness, rejection, .. } = evidence;
        Some(Self::new(trace.as_ref()?, told, witness.as_ref(), Some(rejection)))
    }

    /// What is shown of `replayed`.
    pub(crate) fn of_replayed(replayed: &'a Replayed) -> Self {
        let Replayed { trace, told, witness, rejection, .. } = replayed;
        Self::new(trace, told, Some(witness), rejection.as_ref())
    }

    pub(crate) fn steps(&self) -> &'a [Step] {
        &self.trace.steps
    }

    /// The steps, each with what the log says of it: what looks the same is equal.
    pub(crate) fn looks(&self) -> Vec<(Step, Place, Option<&'a str>)> {
        let mut told = self.told.lines.iter().map(String::as_str);
        let look = |(number, step): (usize, &Step)| {
            let older = || self.trace.behind(number).map(|_| OLDER);
            (*step, self.trace.place(number), if is_told(step) { told.next() } else { older() })
        };
        self.trace.steps.iter().enumerate().map(look).collect()
    }

    pub(crate) fn rejection(&self) -> Option<&'a Rejection> {
        self.rejection
    }

    /// Who waits in the end, but for the harness.
    pub(crate) fn stuck(&self) -> Vec<&'a Blocked> {
        let Some(Rejection::Deadlock { blocked, .. }) = self.rejection else { return Vec::new() };
        blocked.iter().filter(|blocked| !crate::explain::only_joins(blocked)).collect()
    }

    /// Whether a task was preempted before step number `step`.
    pub(crate) fn preempts(&self, step: usize) -> bool {
        self.witness.is_some_and(|witness| witness.preempted.binary_search(&step).is_ok())
    }

    /// Whether step number `step` belongs to the harness alone: a task begins, or `main` waits for
    /// the calls.
    pub(crate) fn is_harness(&self, step: usize) -> bool {
        let Step { task, operation } = self.trace.steps[step];
        operation.op == Op::Start || (task == 0 && matches!(operation.op, Op::Join | Op::Await))
    }

    /// What is done at step number `step`, in words. Of the log it is what the log says.
    pub(crate) fn action(&self, step: usize) -> String {
        let operation = self.trace.steps[step].operation;
        match self.told_at(step) {
            Some(told) => told.clone(),
            None if self.trace.behind(step).is_some() => {
                format!("{} ({OLDER})", self.trace.action(&operation))
            }
            None => self.trace.action(&operation),
        }
    }

    fn told_at(&self, step: usize) -> Option<&'a String> {
        let (steps, last) = (&self.trace.steps[..step], &self.trace.steps[step]);
        is_told(last).then(|| self.told.lines.get(steps.iter().filter(|s| is_told(s)).count()))?
    }

    /// The step with which the output was wrong, whatever came after.
    pub(crate) fn bad(&self) -> Option<usize> {
        let told = self.trace.steps.iter().enumerate().filter(|(_, step)| is_told(step));
        told.map(|(number, _)| number).nth(self.told.bad?)
    }

    /// Where in the solution step number `step` stands; nowhere if it is the harness's.
    pub(crate) fn place(&self, step: usize) -> Option<Place> {
        let Step { task, operation } = self.trace.steps[step];
        let place = match operation.op {
            Op::Begin | Op::End | Op::Quiesce => None,
            _ if self.is_harness(step) => None,
            // A future is polled by the runtime; what it goes on with stands where it paused.
            Op::Await => self.trace.steps[..step]
                .iter()
                .rposition(|before| before.task == task && before.operation.op != Op::Await)
                .map(|before| self.trace.place(before)),
            _ => Some(self.trace.place(step)),
        };
        place.filter(|place| !source::is_harness(place.file()))
    }

    /// What `task` does next, from step number `step` on.
    pub(crate) fn next(&self, task: TaskId, step: usize) -> Option<&'a Step> {
        self.trace.steps.get(step..)?.iter().find(|step| step.task == task)
    }

    /// What `task` is up to when step number `step` is taken.
    pub(crate) fn lane(&self, task: TaskId, step: usize) -> Lane {
        let Some(witness) = self.witness else { return Lane::Absent };
        if self.trace.steps.get(step).is_some_and(|step| step.task == task) {
            return Lane::Runs;
        }
        let could = &witness.could[witness.could.partition_point(|&(at, _)| at < step)..];
        let mut now = could.iter().take_while(|&&(at, _)| at == step);
        if now.any(|&(_, other)| other == task) {
            return Lane::Ready;
        }
        let is_there = self.spans.get(task).is_some_and(|&(from, to)| (from..=to).contains(&step));
        if is_there { Lane::Waits } else { Lane::Absent }
    }
}

/// Said of a load that sees a store which later ones have replaced.
const OLDER: &str = "older";

/// Whether the log says what `step` does.
fn is_told(step: &Step) -> bool {
    matches!(step.operation.op, Op::Begin | Op::End | Op::Quiesce)
}

/// From which step on each task has been seen, and up to which it will be; for ever if it is stuck.
fn spans(
    trace: &Trace,
    witness: Option<&Witness>,
    rejection: Option<&Rejection>,
) -> Vec<(usize, usize)> {
    let mut spans = vec![(usize::MAX, 0); trace.tasks.len()];
    let could = witness.into_iter().flat_map(|witness| witness.could.iter().copied());
    let steps = trace.steps.iter().enumerate().map(|(number, step)| (number, step.task));
    for (number, task) in steps.chain(could) {
        let (from, to) = &mut spans[task];
        (*from, *to) = (number.min(*from), number.max(*to));
    }
    if let Some(Rejection::Deadlock { blocked, .. }) = rejection {
        for blocked in blocked {
            spans[blocked.task].1 = usize::MAX;
        }
    }
    spans
}
