//! How executions under control are drawn: all that decides them beside the code and the case.

use engine::{Controlled, Limits, Program, Run, strategy::StrategyKind};
use problems::Problem;

use crate::{Evidence, Input, Judge, bench::case_seed};

/// What an execution's number is a number of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What makes executions repeat.
    pub seed: u64,
    /// Who is next.
    pub strategy: StrategyKind,
    /// How far an execution may go.
    pub limits: Limits,
}

impl Plan {
    /// An engine that runs executions of `problem` on `input`.
    pub(crate) fn engine(self, problem: &Problem, input: &Input) -> Controlled {
        let seed = case_seed(self.seed, problem, input);
        Controlled::new(self.strategy.build(seed), self.limits).waking_sleepers()
    }

    /// Runs execution number `execution` on an engine that is new: first those that the strategy
    /// learned from before.
    ///
    /// # Panics
    ///
    /// If the strategy comes to an end before.
    pub(crate) fn run_again(engine: &mut Controlled, program: &Program, execution: u64) -> Run {
        for lesson in 0..engine.lessons().min(execution) {
            engine.run(program, lesson);
        }
        engine.run(program, execution).expect("the execution has been run before")
    }
}

impl From<&Judge> for Plan {
    fn from(judge: &Judge) -> Self {
        let &Judge { seed, strategy, limits, .. } = judge;
        Self { seed, strategy, limits }
    }
}

impl From<&Evidence> for Plan {
    fn from(evidence: &Evidence) -> Self {
        let &Evidence { seed, strategy, limits, .. } = evidence;
        Self { seed, strategy, limits }
    }
}
