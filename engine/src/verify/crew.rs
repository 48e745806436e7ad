//! The OS threads that search together, and what they have seen.

use std::{thread::ScopedJoinHandle, time::Instant};

use parking_lot::Mutex;
use sync::control::Op;

use super::{End, Examiner, Survey, Verifier};
use crate::{
    Controlled, Outcome, Run,
    strategy::{Reduction, Search},
};

/// How many executions there are before more than one OS thread searches: a small search is over by
/// then, and what it finds is the same each time.
const ALONE: u64 = 1000;

/// How often somebody is told how far the search is, in executions.
const STRIDE: u64 = 256;

/// How many steps in a row that only look and yield show that nothing else will come.
const LOOKS: usize = 1000;

/// Those who search together.
pub(super) struct Crew<'a> {
    verifier: &'a Verifier,
    began: Instant,
    watch: &'a (dyn Fn(&Survey) + Sync),
    /// What has been seen; how it ended is not known as long as nobody has said so.
    ledger: Mutex<(Survey, Option<End>)>,
}

impl<'a> Crew<'a> {
    pub(super) fn new(
        verifier: &'a Verifier,
        began: Instant,
        watch: &'a (dyn Fn(&Survey) + Sync),
    ) -> Self {
        Self { verifier, began, watch, ledger: Mutex::default() }
    }

    /// What has been seen in all.
    pub(super) fn survey(self) -> Survey {
        let (survey, end) = self.ledger.into_inner();
        Survey { end: end.unwrap_or(End::Bounded), ..survey }
    }

    /// Whether a bounded search has come to its end and there are more preemptions to allow.
    pub(super) fn has_completed(&self, bound: usize, search: &Search) -> bool {
        let mut ledger = self.ledger.lock();
        if ledger.1 == Some(End::Exhausted) {
            ledger.0.bound = Some(bound);
            // What is within the bound may be all that there is.
            ledger.1.take_if(|_| search.findings().has_left_out);
        }
        ledger.1.is_none()
    }

    /// Whether a search for classes has been left since there are too many.
    pub(super) fn has_too_many_classes(&self) -> bool {
        self.ledger.lock().1.take_if(|end| *end == End::TooManyClasses).is_some()
    }

    /// Searches, on more OS threads if it takes long.
    pub(super) fn search<E: Examiner>(
        &self,
        search: &Search,
        examiners: &mut Vec<E>,
        make: &(dyn Fn() -> E + Sync),
    ) {
        let more = std::thread::scope(|scope| {
            let (first, known) = examiners.split_at_mut(1);
            let mut known = Some(known);
            let mut new = Vec::new();
            self.work(search, &mut first[0], &mut || {
                let known = known.take().unwrap_or_default();
                let missing = self.verifier.cores.saturating_sub(known.len() + 1);
                for examiner in known {
                    scope.spawn(|| self.work(search, examiner, &mut || ()));
                }
                let help = || {
                    let mut examiner = make();
                    self.work(search, &mut examiner, &mut || ());
                    examiner
                };
                new.extend((0..missing).map(|_| scope.spawn(help)));
            });
            let join = |helper: ScopedJoinHandle<'_, E>| helper.join().expect("nobody panics");
            new.into_iter().map(join).collect::<Vec<E>>()
        });
        examiners.extend(more);
        let mut ledger = self.ledger.lock();
        if ledger.1.is_none() && search.is_exhausted() {
            let findings = search.findings();
            let by_states = matches!(search.reduction(), Reduction::States(_));
            ledger.1 = Some(match findings.has_parted {
                true => End::Parted,
                // It has met what it is not made for, which the search before it had not.
                false if by_states && !findings.may_go_by_states(self.verifier.limits) => {
                    End::TooManyClasses
                }
                false => End::Exhausted,
            });
        }
        if matches!(search.reduction(), Reduction::States(_)) {
            ledger.0.states = Some(search.states());
        }
        ledger.0.done = search.done();
    }

    /// Runs executions until nothing is left, or enough has been seen; calls for help when there are
    /// many.
    fn work<E: Examiner>(&self, search: &Search, examiner: &mut E, help: &mut dyn FnMut()) {
        let limits = self.verifier.limits;
        let strategy = search.strategy().showing(examiner.digest());
        let mut engine = Controlled::new(Box::new(strategy), limits).waking_sleepers();
        let program = examiner.program();
        for own in 0.. {
            // Two executions at once would meet in a primitive that one of them has kept.
            if own == ALONE && !engine.keeps_primitives() {
                help();
            }
            let Some(run) = engine.run(&program, own) else { break };
            let end = self.look(&engine, &run, examiner).or_else(|| self.budget_is_used_up(search));
            self.tell(search);
            if let Some(end) = end {
                self.ledger.lock().1.get_or_insert(end);
                search.stop();
                if !matches!(end, End::OutOfTime | End::OutOfExecutions | End::TooManyClasses) {
                    break;
                }
                // Nothing more is begun, and what this one has shown is handed in.
            }
        }
    }

    /// Looks at one execution; why it is the last one, if it is.
    fn look<E: Examiner>(&self, engine: &Controlled, run: &Run, examiner: &mut E) -> Option<End> {
        if run.outcome == Outcome::GivenUp {
            self.ledger.lock().0.given_up += 1;
            return None;
        }
        if let Outcome::StepLimit(steps) = run.outcome
            && !only_looks(engine)
        {
            return Some(End::Unbounded(steps));
        }
        let number = {
            let survey = &mut self.ledger.lock().0;
            survey.coverage.see(engine.class());
            survey.executions += 1;
            survey.executions - 1
        };
        examiner.examine(engine, run, number).is_break().then_some(End::Stopped)
    }

    fn budget_is_used_up(&self, search: &Search) -> Option<End> {
        let Verifier { limits, classes, max_executions, max_time, .. } = *self.verifier;
        let executions = self.ledger.lock().0.executions;
        if max_executions.is_some_and(|most| executions >= most) {
            return Some(End::OutOfExecutions);
        }
        if executions >= classes
            && search.reduction() == Reduction::Classes
            && search.findings().may_go_by_states(limits)
        {
            return Some(End::TooManyClasses);
        }
        max_time.is_some_and(|most| self.began.elapsed() >= most).then_some(End::OutOfTime)
    }

    fn tell(&self, search: &Search) {
        let mut ledger = self.ledger.lock();
        let survey = &mut ledger.0;
        if (survey.executions + survey.given_up).is_multiple_of(STRIDE) {
            survey.done = search.done();
            (self.watch)(survey);
        }
    }
}

/// Whether an execution that was too long has come to where everybody only looks again: a task that
/// yields there once more goes on only if all the others do, too.
fn only_looks(engine: &Controlled) -> bool {
    let steps = engine.trace().steps;
    let tail = &steps[steps.len().saturating_sub(LOOKS)..];
    tail.iter().all(|step| step.operation.op.may_be_polling())
        && tail.iter().any(|step| step.operation.op == Op::Yield)
}
