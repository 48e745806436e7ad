//! One execution once more.

use engine::{
    Limits, Program, Replayer, Run, Schedule, pulse,
    strategy::{Guide, Witness},
    trace::Trace,
};
use problems::{Problem, Solution, Told};
use serde::{Deserialize, Serialize};

use crate::{
    Input, Plan, Rejection,
    failure::{Failure, Finding},
    hindsight,
    reduce::tasks,
    verdict::speaks_of,
};

/// An execution that was run once more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replayed {
    /// What is wrong with it, if something is.
    pub rejection: Option<Rejection>,
    /// Its canonical output, if nothing is.
    pub output: Option<String>,
    /// What happened.
    pub trace: Trace,
    /// The choices that led there, and where they go against habit.
    pub witness: Witness,
    /// What the callbacks did.
    pub told: Told,
}

impl Replayed {
    /// Whether it speaks of no task and no step that it does not tell of.
    pub(crate) fn is_coherent(&self) -> bool {
        let Self { rejection, trace, witness, .. } = self;
        rejection.as_ref().is_none_or(|rejection| rejection.fits(trace))
            && speaks_of(witness, trace)
    }
}

/// Which execution is run once more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Which {
    /// The one that was drawn with this number.
    Drawn(u64),
    /// The one that this describes.
    Scheduled(Schedule),
}

impl Which {
    /// Runs it once more; its number means something together with `plan`.
    pub(crate) fn replay(
        &self,
        problem: &Problem,
        solution: &Solution,
        input: &Input,
        plan: Plan,
    ) -> Replayed {
        match self {
            Self::Drawn(number) => replay(problem, solution, input, plan, *number),
            Self::Scheduled(schedule) => follow(solution, input, schedule, plan.limits),
        }
    }
}

/// Runs execution number `execution` of a judgement with `plan` once more, under control.
///
/// # Panics
///
/// If the problem forbids the input.
pub fn replay(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    plan: Plan,
    execution: u64,
) -> Replayed {
    guided(solution, input, plan.limits, &|program| {
        let mut engine = plan.engine(problem, input);
        Plan::run_again(&mut engine, program, execution);
        Guide::Trace(tasks(&engine.trace()), engine.draws())
    })
}

/// Runs the execution that `schedule` describes.
///
/// # Panics
///
/// If the problem forbids the input.
pub fn follow(solution: &Solution, input: &Input, schedule: &Schedule, limits: Limits) -> Replayed {
    guided(solution, input, limits, &|_| Guide::Schedule(schedule.clone()))
}

fn guided(
    solution: &Solution,
    input: &Input,
    limits: Limits,
    guide: &dyn Fn(&Program) -> Guide,
) -> Replayed {
    let trial = input.trial(solution).expect("the input was read before");
    let program = trial.program();
    let guide = guide(&program);
    let mut replayer = Replayer::new(limits);
    // A replay has no number, and whoever looks for those who do not get on looks at executions.
    pulse::begin(0);
    let (Run { outcome, .. }, witness) = replayer.run(&program, guide);
    let (output, rejection) = match Finding::of(&trial, outcome, input.accepted) {
        Finding::Right(output) => (Some(output), hindsight::race(replayer.engine(), &trial)),
        Finding::Wrong(Failure { rejection, .. }) => (None, Some(rejection)),
    };
    let rejection = rejection.map(|found| hindsight::with_cause(replayer.engine(), found));
    let (trace, told) = (replayer.trace(), trial.told());
    Replayed { rejection, output, trace, witness, told }
}
