//! One execution once more.

use engine::{Controlled, Limits, Outcome, strategy::Random, trace::Trace};
use problems::{Extent, Problem, Solution};

use crate::{Input, Rejection, bench::case_seed, hindsight};

/// An execution that was run once more.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// What is wrong with it, if something is.
    pub rejection: Option<Rejection>,
    /// Its canonical output, if nothing is.
    pub output: Option<String>,
    /// What happened.
    pub trace: Trace,
    /// What the callbacks did: a line for each step of the log, in order.
    pub told: Vec<String>,
}

/// Runs execution number `execution` of a judgement with `seed` once more, under control.
///
/// # Panics
///
/// If the problem forbids the input.
pub fn replay(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    (seed, execution): (u64, u64),
    limits: Limits,
) -> Replayed {
    let trial = input.trial(solution).expect("the input was read before");
    let strategy = Random::new(case_seed(seed, problem, input));
    let mut engine = Controlled::new(Box::new(strategy), limits).waking_sleepers();
    let run = engine.run(&trial.program(), execution).expect("a random walk never ends");
    let whole = run.outcome == Outcome::Completed;
    let (output, rejection) = match trial.check(if whole { Extent::Whole } else { Extent::Prefix })
    {
        Ok(output) if whole => {
            let expected = input.accepted.unwrap_or(output.trim_end());
            let rejection = Rejection::of_output(&output, expected)
                .or_else(|| hindsight::race(&engine, &trial));
            (Some(output), rejection)
        }
        Ok(_) => (None, Rejection::of(run.outcome, None).map(|(rejection, _)| rejection)),
        Err(violation) => {
            (None, Rejection::of(run.outcome, Some(violation)).map(|(rejection, _)| rejection))
        }
    };
    let rejection = rejection.map(|rejection| hindsight::with_cause(&engine, rejection));
    Replayed { rejection, output, trace: engine.trace(), told: trial.told() }
}
