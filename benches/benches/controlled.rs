//! The controlled engine and shuttle: the same programs on one core, with nobody waking for no
//! reason, since shuttle's waiters never do.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::sync::Arc;

use benches::{
    Clock, Facade, Race, Shuttle,
    programs::{foobar, philosophers},
};
use engine::{Controlled, Limits, Outcome, Program, strategy::StrategyKind};

/// Ours, and what shuttle has beside it.
#[derive(Clone, Copy)]
enum Contest {
    /// A random walk on both sides.
    Random,
    /// PCT of depth three on both sides.
    Pct,
    /// Our default, and a random walk, which is shuttle's.
    Defaults,
}

impl Contest {
    const ALL: [Self; 3] = [Self::Random, Self::Pct, Self::Defaults];

    fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Pct => "pct",
            Self::Defaults => "mix",
        }
    }

    fn ours(self) -> StrategyKind {
        match self {
            Self::Random => StrategyKind::Random,
            Self::Pct => StrategyKind::Pct,
            Self::Defaults => StrategyKind::Mix,
        }
    }

    fn run_theirs(self, program: &Program, times: u64) {
        let program = Arc::clone(program);
        let times = usize::try_from(times).expect("a usize has 64 bits here");
        match self {
            Self::Random | Self::Defaults => shuttle::check_random(move || program(), times),
            Self::Pct => shuttle::check_pct(move || program(), times, 3),
        }
    }
}

fn main() {
    println!(
        "{:<8} {:<16} {:>14} {:>14} {:>11} {:>8}   times as fast",
        "", "controlled", "executions/s", "shuttle's", "steps each", "ns/step"
    );
    for contest in Contest::ALL {
        for (name, ours, theirs) in &programs() {
            compare(contest, name, ours, theirs);
        }
    }
}

/// What is run, on our primitives and on shuttle's.
fn programs() -> Vec<(String, Program, Program)> {
    fn entry(
        name: &str,
        ours: impl Fn() + Send + Sync + 'static,
        theirs: impl Fn() + Send + Sync + 'static,
    ) -> (String, Program, Program) {
        (name.to_owned(), Arc::new(ours), Arc::new(theirs))
    }
    let sizes = [1, 2, 10, 50].map(|n| {
        let name = format!("FooBar n={n}");
        entry(&name, move || foobar::<Facade>(n), move || foobar::<Shuttle>(n))
    });
    let others = [
        entry("4 philosophers", || philosophers::<Facade>(2), || philosophers::<Shuttle>(2)),
        entry(
            "bounded buffer",
            corpus::bounded_buffer::fixed,
            shuttle_corpus::bounded_buffer::fixed,
        ),
    ];
    sizes.into_iter().chain(others).collect()
}

/// Prints how fast `ours` and `theirs`, which are the same program, are run.
fn compare(contest: Contest, name: &str, ours: &Program, theirs: &Program) {
    let mut executions = Executions::new(contest.ours(), Arc::clone(ours));
    let race = Race::run(
        Clock::Thread,
        &mut [&mut |times| executions.run(times), &mut |times| contest.run_theirs(theirs, times)],
    );
    let steps = executions.mean_steps();
    println!(
        "{:<8} {name:<16} {:>14.0} {:>14.0} {steps:>11.1} {:>8.1}   {}",
        contest.name(),
        race.per_second(0),
        race.per_second(1),
        race.nanoseconds(0) / steps,
        race.ratio(1, 0),
    );
}

/// The executions of a program on the controlled engine, each with a number of its own.
struct Executions {
    engine: Controlled,
    program: Program,
    done: u64,
    steps: usize,
}

impl Executions {
    fn new(strategy: StrategyKind, program: Program) -> Self {
        let limits = Limits { spurious: false, ..Limits::default() };
        let engine = Controlled::new(strategy.build(7), limits);
        Self { engine, program, done: 0, steps: 0 }
    }

    fn run(&mut self, times: u64) {
        for number in self.done..self.done + times {
            let run = self.engine.run(&self.program, number).expect("no strategy comes to an end");
            assert_eq!(run.outcome, Outcome::Completed);
            self.steps += run.steps;
        }
        self.done += times;
    }

    #[expect(clippy::cast_precision_loss, reason = "a mean of some hundred million steps")]
    fn mean_steps(&self) -> f64 {
        self.steps as f64 / self.done as f64
    }
}
