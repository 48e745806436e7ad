//! The controlled engine and shuttle: the same programs on one core, at random, with nobody waking
//! for no reason, since shuttle's waiters never do.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::sync::Arc;

use benches::{
    Clock, Facade, Race, Shuttle,
    programs::{foobar, philosophers},
};
use engine::{Controlled, Limits, Outcome, Program, strategy::Random};

fn main() {
    println!(
        "{:<16} {:>14} {:>14} {:>11} {:>8}   times as fast",
        "controlled", "executions/s", "shuttle's", "steps each", "ns/step"
    );
    for n in [1, 2, 10, 50] {
        compare(
            &format!("FooBar n={n}"),
            move || foobar::<Facade>(n),
            move || foobar::<Shuttle>(n),
        );
    }
    compare("4 philosophers", || philosophers::<Facade>(2), || philosophers::<Shuttle>(2));
}

/// Prints how fast `ours` and `theirs`, which are the same program, are run.
fn compare(
    name: &str,
    ours: impl Fn() + Send + Sync + 'static,
    theirs: impl Fn() + Send + Sync + 'static,
) {
    let mut executions = Executions::new(ours);
    let theirs = Arc::new(theirs);
    let race = Race::run(
        Clock::Thread,
        &mut [&mut |times| executions.run(times), &mut |times| {
            let theirs = Arc::clone(&theirs);
            let times = usize::try_from(times).expect("a usize has 64 bits here");
            shuttle::check_random(move || theirs(), times);
        }],
    );
    let steps = executions.mean_steps();
    println!(
        "{name:<16} {:>14.0} {:>14.0} {steps:>11.1} {:>8.1}   {}",
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
    fn new(program: impl Fn() + Send + Sync + 'static) -> Self {
        let limits = Limits { spurious: false, ..Limits::default() };
        let engine = Controlled::new(Box::new(Random::new(7)), limits);
        Self { engine, program: Arc::new(program), done: 0, steps: 0 }
    }

    fn run(&mut self, times: u64) {
        for number in self.done..self.done + times {
            let run = self.engine.run(&self.program, number).expect("a random walk never ends");
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
