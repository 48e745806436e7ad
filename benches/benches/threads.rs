//! The threads engine, without noise and with it, and what one would do without an engine: a new OS
//! thread for every task.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{ops::ControlFlow, sync::Arc};

use benches::{Clock, Facade, Race, Raw, programs::foobar};
use engine::{Noise, Outcome, Program, Settings, Threads};

fn main() {
    println!("{:<16} {:>14} {:>14}   times as fast", "threads", "executions/s", "naive");
    for n in [1, 10] {
        compare(n);
    }
}

/// Prints how fast `FooBar` is run.
fn compare(n: usize) {
    let (mut quiet, mut noisy) = (Executions::new(Noise::Off, n), Executions::new(Noise::On, n));
    let race = Race::run(
        Clock::Wall,
        &mut [&mut |times| quiet.run(times), &mut |times| noisy.run(times), &mut |times| {
            (0..times).for_each(|_| foobar::<Raw>(n));
        }],
    );
    for (contender, noise) in ["no noise", "noise"].into_iter().enumerate() {
        let name = format!("n={n} {noise}");
        let (engine, naive) = (race.per_second(contender), race.per_second(2));
        println!("{name:<16} {engine:>14.0} {naive:>14.0}   {}", race.ratio(2, contender));
    }
}

/// The executions of `FooBar` on the threads engine, each with a number of its own.
struct Executions {
    engine: Threads,
    program: Program,
    done: u64,
}

impl Executions {
    fn new(noise: Noise, n: usize) -> Self {
        let engine = Threads::new(Settings { noise, ..Settings::default() });
        Self { engine, program: Arc::new(move || foobar::<Facade>(n)), done: 0 }
    }

    fn run(&mut self, times: u64) {
        let numbers = self.done..self.done + times;
        self.engine.run_batch(&self.program, numbers, &mut |_, outcome| {
            assert_eq!(outcome, Outcome::Completed);
            ControlFlow::Continue(())
        });
        self.done += times;
    }
}
