//! Programs of every kind under control: what each can come to over a few hundred random walks is
//! exactly what it should.

mod causes;
mod check;
mod ends;
mod exchanges;
mod exhaustive;
mod holdings;
mod locals;
mod pool;
mod races;
mod repeats;
mod replays;
mod time;
mod verify;
mod waits;
mod weak_memory;

use std::{collections::BTreeSet, sync::Arc};

use engine::{Controlled, Limits, Outcome, strategy::Random};

/// Every way in which `program` ends in `executions` random walks, in words.
fn endings(executions: u64, program: impl Fn() + Send + Sync + 'static) -> BTreeSet<String> {
    endings_within(Limits::default(), executions, program)
}

/// As [`endings`], within `limits`.
fn endings_within(
    limits: Limits,
    executions: u64,
    program: impl Fn() + Send + Sync + 'static,
) -> BTreeSet<String> {
    let program: engine::Program = Arc::new(program);
    let mut engine = Controlled::new(Box::new(Random::new(1)), limits);
    let mut run = |number| engine.run(&program, number).expect("a walk never ends").outcome;
    (0..executions).map(|number| tell(&run(number))).collect()
}

fn tell(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed => "completed".to_owned(),
        Outcome::Deadlock(blocked) | Outcome::TimedOut(blocked) => blocked
            .iter()
            .map(|blocked| without_place(&blocked.to_string()))
            .collect::<Vec<_>>()
            .join(", "),
        Outcome::Panicked(panic) => format!("{}: {}", panic.task, panic.message),
        Outcome::GivenUp => "given up".to_owned(),
        Outcome::StepLimit(steps) => format!("not over after {steps} steps"),
    }
}

/// What stands before the place in the source, which moves whenever a test is edited.
fn without_place(text: &str) -> String {
    text.rsplit_once(" at ").map_or(text, |(before, _)| before).to_owned()
}

/// A set of endings.
fn set<const N: usize>(endings: [&str; N]) -> BTreeSet<String> {
    endings.map(str::to_owned).into()
}

/// How two tasks end that lock two mutexes in opposite orders.
fn of_opposite_orders() -> BTreeSet<String> {
    // Numbers are given in order of first use, so which mutex is #0 depends on who came first.
    let deadlock = |one, other| {
        format!(
            "main waits for the end of task 1, task 1 waits to lock mutex #{one}, \
             task 2 waits to lock mutex #{other}"
        )
    };
    [deadlock(1, 0), deadlock(0, 1), "completed".to_owned()].into()
}
