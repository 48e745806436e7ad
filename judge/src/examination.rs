//! Looks at each execution of a search through all interleavings, until one is wrong.

use std::ops::ControlFlow;

use engine::{
    Controlled, Limits, Program, Run,
    analysis::Callbacks,
    strategy::{Digest, StrategyKind},
    verify::Examiner,
};
use problems::Trial;

use crate::{
    EngineKind, Evidence, Kept, Rejection, Stop,
    failure::{Failure, Finding},
    hindsight, reduce,
};

/// What one OS thread looks at.
pub(crate) struct Examination {
    pub(crate) trial: Trial,
    /// The case's name.
    pub(crate) case: String,
    /// The canonical output that must be shown.
    pub(crate) expected: Option<String>,
    pub(crate) limits: Limits,
    pub(crate) stop: Stop,
    /// The first wrong execution; one that breaks only the strict reading is replaced by a worse.
    pub(crate) evidence: Option<Evidence>,
}

impl Examination {
    /// What is wrong with the execution, if something is.
    fn failure(&mut self, engine: &Controlled, run: &Run, number: u64) -> Option<Failure> {
        let (expected, outcome) = (self.expected.as_deref(), run.outcome.clone());
        match Finding::under_control(engine, &self.trial, outcome, expected) {
            Finding::Wrong(failure) => return Some(failure),
            Finding::Right(output) => self.expected.get_or_insert(output),
        };
        if number == 0 {
            let seen = (&engine.trace(), engine.draws());
            let parting = reduce::parting(&self.trial.program(), self.limits, seen);
            let rejection = Rejection::NotReproducible(parting?);
            return Some(Failure { rejection, strict_only: false });
        }
        None
    }

    fn evidence(&self, engine: &Controlled, number: u64, failure: Failure) -> Evidence {
        let Failure { rejection, strict_only } = failure;
        let trace = engine.trace();
        Evidence {
            rejection: hindsight::with_cause(engine, rejection),
            case: self.case.clone(),
            seed: 0,
            execution: number,
            engine: EngineKind::Controlled,
            strategy: StrategyKind::Exhaustive,
            limits: self.limits,
            found_steps: trace.steps.len(),
            draws: engine.draws(),
            trace: Some(trace),
            witness: None,
            told: self.trial.told(),
            strict_only,
            kept: Kept::No,
        }
    }
}

impl Examiner for Examination {
    fn program(&self) -> Program {
        self.trial.program()
    }

    fn callbacks(&self) -> Callbacks {
        hindsight::callbacks(&self.trial)
    }

    fn digest(&self) -> Option<Digest> {
        self.trial.digest()
    }

    fn examine(&mut self, engine: &Controlled, run: &Run, number: u64) -> ControlFlow<()> {
        if let Some(failure) = self.failure(engine, run, number)
            && !(failure.strict_only && self.evidence.is_some())
        {
            self.evidence = Some(self.evidence(engine, number, failure));
        }
        let rejected = self.evidence.as_ref().is_some_and(|evidence| !evidence.strict_only);
        let has_seen_enough = rejected || self.stop.signal().is_some();
        if has_seen_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
