//! Runs the executions of one case under control.

use std::ops::Range;

use engine::{Controlled, Program, pulse};

use super::{
    Work,
    examiner::{Examiner, Sight},
    span::Span,
};
use crate::{
    Evidence, Judge, Plan, Rejection,
    failure::{Failure, Finding},
    reduce,
};

/// What was wrong with an execution that nobody counts.
pub(super) type Wrong = Option<Box<Evidence>>;

/// One case on one engine.
pub(super) struct Runner<'a> {
    judge: &'a Judge,
    case: usize,
    examiner: Examiner<'a>,
    engine: Controlled,
    program: Program,
}

impl<'a> Runner<'a> {
    /// A runner that has run nothing yet of `work`, which is case number `case`.
    pub(super) fn new(judge: &'a Judge, case: usize, work: &'a Work<'a>) -> Self {
        pulse::about(case as u64 + 1);
        let examiner = Examiner::new(judge, work);
        let engine = Plan::from(judge).engine(work.problem, work.input);
        let program = examiner.trial.program();
        Self { judge, case, examiner, engine, program }
    }

    /// The case that it runs.
    pub(super) fn case(&self) -> usize {
        self.case
    }

    /// Whether an execution has used a primitive of an earlier one.
    pub(super) fn keeps_primitives(&self) -> bool {
        self.engine.keeps_primitives()
    }

    /// Runs the executions that all others depend on, unless `is_over` says that there will be no
    /// others. Somebody else counts them. One that is wrong is given all the same: it may be wrong
    /// here alone, where it is the second one of its process and not the first.
    pub(super) fn learn(&mut self, lessons: u64, is_over: &dyn Fn() -> bool) -> Wrong {
        let mut span = Span::new(self.case, 0);
        for lesson in 0..lessons {
            if is_over() || span.wrong.is_some() {
                break;
            }
            let Some(run) = self.engine.run(&self.program, lesson) else { break };
            let sight = Sight::Controlled(&self.engine, self.engine.class());
            if let Finding::Wrong(failure) = self.examiner.find(run.outcome, &sight) {
                self.examiner.note(&mut span, lesson, failure, &sight);
            }
        }
        span.wrong
    }

    /// Runs `executions` until one is wrong or `is_over` says so.
    pub(super) fn run(&mut self, executions: Range<u64>, is_over: &dyn Fn() -> bool) -> Span {
        let mut span = Span::new(self.case, executions.start);
        for execution in executions.clone() {
            let Some(run) = self.engine.run(&self.program, execution) else { break };
            let sight = Sight::Controlled(&self.engine, self.engine.class());
            self.examiner.examine(&mut span, execution, run.outcome, &sight);
            if execution == 0 && span.wrong.is_none() {
                self.run_twice(&mut span);
            }
            if span.wrong.is_some() || is_over() {
                break;
            }
        }
        span.is_cut = (span.classes.len() as u64) < executions.end - executions.start;
        span
    }

    /// Runs the execution that was just run once more: what depends on a static or on the clock
    /// shows.
    fn run_twice(&self, span: &mut Span) {
        let seen = (&self.engine.trace(), self.engine.draws());
        if let Some(parting) = reduce::parting(&self.program, self.judge.limits, seen) {
            let rejection = Rejection::NotReproducible(parting);
            let failure = Failure { rejection, strict_only: false };
            self.examiner.note(span, 0, failure, &Sight::Controlled(&self.engine, 0));
        }
    }
}
