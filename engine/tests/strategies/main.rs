//! What strategies promise: bugs are found, programs that are right are left in peace, probabilities
//! are what papers say, and a seed repeats everything.

mod arrivals;
mod choices;
mod corpus;
mod fair;
mod probabilities;
mod repeats;
mod verified;

use std::sync::Arc;

use engine::{Controlled, Limits, Outcome, Program, strategy::StrategyKind};

/// How `executions` executions of `program` end, one after the other.
fn outcomes(
    strategy: StrategyKind,
    seed: u64,
    executions: u64,
    program: impl Fn() + Send + Sync + 'static,
) -> impl Iterator<Item = Outcome> {
    let program: Program = Arc::new(program);
    let mut engine = Controlled::new(strategy.build(seed), Limits::default());
    (0..executions).map(move |number| {
        engine.run(&program, number).expect("no strategy comes to an end").outcome
    })
}
