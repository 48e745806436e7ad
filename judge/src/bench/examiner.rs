//! Looks at executions, one after the other, right after each was run.

use std::collections::HashSet;

use engine::{Controlled, Outcome, schedule::Draws, trace::Trace};
use problems::Trial;

use super::{Work, span::Span};
use crate::{
    EngineKind, Evidence, Judge, Kept, Rejection,
    failure::{Failure, Finding},
    hindsight,
};

/// How many classes are remembered, so as not to look for a race again.
const CAPACITY: usize = 1 << 16;

/// Looks at the executions of one case.
pub(super) struct Examiner<'a> {
    judge: &'a Judge,
    work: &'a Work<'a>,
    pub(super) trial: Trial,
    /// What whole executions must show, once that is known.
    expected: Option<String>,
    /// The classes that have no race; forgotten when there are too many of them. Then some are
    /// looked at again: which execution is the first with a race does not depend on it.
    innocent: HashSet<u64>,
}

/// What an engine can tell of the execution that it ran last.
pub(super) enum Sight<'a> {
    /// Everything; its interleaving class.
    Controlled(&'a Controlled, u64),
    /// Nothing but how it ended.
    Threads,
}

impl<'a> Examiner<'a> {
    pub(super) fn new(judge: &'a Judge, work: &'a Work<'a>) -> Self {
        let trial = judge.trial(work.solution, work.input).expect("the input was read before");
        let expected = work.input.accepted.map(str::to_owned);
        Self { judge, work, trial, expected, innocent: HashSet::new() }
    }

    /// Adds execution number `execution`, which ended with `outcome`, to `span`.
    pub(super) fn examine(
        &mut self,
        span: &mut Span,
        execution: u64,
        outcome: Outcome,
        sight: &Sight<'_>,
    ) {
        span.classes.push(sight.class());
        match self.find(outcome, sight) {
            Finding::Right(output) => span.outputs.see(output, execution),
            Finding::Wrong(failure) => self.note(span, execution, failure, sight),
        }
    }

    /// What came of the last run. Where nothing says what it must show, the first output does.
    pub(super) fn find(&mut self, outcome: Outcome, sight: &Sight<'_>) -> Finding {
        let expected = self.expected.as_deref();
        let finding = match sight {
            Sight::Controlled(engine, class) if !self.innocent.contains(class) => {
                Finding::under_control(engine, &self.trial, outcome, expected)
            }
            _ => Finding::of(&self.trial, outcome, expected),
        };
        if let Finding::Right(output) = &finding {
            self.expected.get_or_insert_with(|| output.clone());
            self.absolve(sight.class());
        }
        finding
    }

    /// Remembers that executions of `class` have no race.
    fn absolve(&mut self, class: u64) {
        if self.innocent.len() == CAPACITY {
            self.innocent.clear();
        }
        self.innocent.insert(class);
    }

    /// Keeps what is wrong with an execution, if it is the first of the span that is wrong so much.
    pub(super) fn note(
        &self,
        span: &mut Span,
        execution: u64,
        failure: Failure,
        sight: &Sight<'_>,
    ) {
        let place = if failure.strict_only { &mut span.strict } else { &mut span.wrong };
        place.get_or_insert_with(|| Box::new(self.evidence(execution, failure, sight)));
    }

    fn evidence(&self, execution: u64, failure: Failure, sight: &Sight<'_>) -> Evidence {
        let trace = sight.trace();
        let Judge { seed, strategy, limits, .. } = *self.judge;
        Evidence {
            rejection: sight.with_cause(failure.rejection),
            case: self.work.input.name.clone(),
            seed,
            execution,
            engine: sight.engine(),
            strategy,
            limits,
            found_steps: trace.as_ref().map_or(0, |trace| trace.steps.len()),
            draws: sight.draws(),
            trace,
            witness: None,
            told: self.trial.told(),
            strict_only: failure.strict_only,
            kept: Kept::No,
        }
    }
}

impl Sight<'_> {
    fn engine(&self) -> EngineKind {
        match self {
            Self::Controlled(..) => EngineKind::Controlled,
            Self::Threads => EngineKind::Threads,
        }
    }

    /// Its interleaving class; all the same if that cannot be seen.
    fn class(&self) -> u64 {
        match self {
            Self::Controlled(_, class) => *class,
            Self::Threads => 0,
        }
    }

    fn with_cause(&self, rejection: Rejection) -> Rejection {
        match self {
            Self::Controlled(engine, _) => hindsight::with_cause(engine, rejection),
            Self::Threads => rejection,
        }
    }

    fn draws(&self) -> Draws {
        match self {
            Self::Controlled(engine, _) => engine.draws(),
            Self::Threads => Draws::default(),
        }
    }

    fn trace(&self) -> Option<Trace> {
        match self {
            Self::Controlled(engine, _) => Some(engine.trace()),
            Self::Threads => None,
        }
    }
}
