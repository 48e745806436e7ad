//! One execution once more.

use engine::{
    Limits, Program, Replayer, Run, Schedule,
    strategy::{Guide, Witness},
    trace::Trace,
};
use problems::{Problem, Solution, Told};

use crate::{
    Input, Plan, Rejection,
    failure::{Failure, Finding},
    hindsight,
    reduce::tasks,
};

/// An execution that was run once more.
#[derive(Clone, Debug, PartialEq)]
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
    let (Run { outcome, .. }, witness) = replayer.run(&program, guide);
    let (output, rejection) = match Finding::of(&trial, outcome, input.accepted) {
        Finding::Right(output) => (Some(output), hindsight::race(replayer.engine(), &trial)),
        Finding::Wrong(Failure { rejection, .. }) => (None, Some(rejection)),
    };
    let rejection = rejection.map(|found| hindsight::with_cause(replayer.engine(), found));
    let (trace, told) = (replayer.trace(), trial.told());
    Replayed { rejection, output, trace, witness, told }
}
