//! Looks at each execution of a search through all interleavings, until one is wrong.

use std::ops::ControlFlow;

use engine::{
    Controlled, Coverage, Limits, Program, Run, strategy::StrategyKind, verify::Examiner,
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
    pub(crate) coverage: Coverage,
    /// The first wrong execution; one that breaks only the strict reading is replaced by a worse.
    pub(crate) evidence: Option<Evidence>,
}

impl Examination {
    /// What is wrong with the execution, if something is; the second half says whether only the
    /// strict reading is broken.
    fn wrong(&mut self, engine: &Controlled, run: &Run, number: u64) -> Option<(Rejection, bool)> {
        let is_new = self.coverage.see(run.class);
        let expected = self.expected.as_deref();
        match Finding::of(&self.trial, run.outcome.clone(), expected) {
            Finding::Wrong(Failure { rejection, strict_only }) => {
                return Some((hindsight::with_cause(engine, rejection), strict_only));
            }
            Finding::Right(output) => self.expected.get_or_insert(output),
        };
        if number == 0 {
            let seen = (&engine.trace(), engine.draws());
            let parting = reduce::parting(&self.trial.program(), self.limits, seen);
            if let Some(parting) = parting {
                return Some((Rejection::NotReproducible(parting), false));
            }
        }
        let looks = is_new && self.evidence.is_none();
        looks.then(|| hindsight::race(engine, &self.trial)).flatten().map(|race| (race, true))
    }

    fn evidence(&self, engine: &Controlled, number: u64, wrong: (Rejection, bool)) -> Evidence {
        let (rejection, strict_only) = wrong;
        let trace = engine.trace();
        Evidence {
            rejection,
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

    fn examine(&mut self, engine: &Controlled, run: &Run, number: u64) -> ControlFlow<()> {
        if let Some(wrong) = self.wrong(engine, run, number)
            && !(wrong.1 && self.evidence.is_some())
        {
            self.evidence = Some(self.evidence(engine, number, wrong));
        }
        let rejected = self.evidence.as_ref().is_some_and(|evidence| !evidence.strict_only);
        let has_seen_enough = rejected || self.stop.signal().is_some();
        if has_seen_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
