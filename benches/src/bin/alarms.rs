//! Whether anything that is right is ever called wrong, under the controlled engine.

#![expect(clippy::print_stdout, reason = "the counts are what this is for")]

use std::{num::NonZero, panic, sync::Arc};

use clap::Parser;
use engine::{Controlled, Limits, Outcome, strategy::StrategyKind};
use judge::{EngineKind, Judge};

/// Whether anything that is right is ever called wrong
#[derive(Debug, Parser)]
struct Options {
    /// How many executions there are in all, at the least
    #[arg(long, default_value_t = 10_000_000)]
    executions: u64,

    /// The seed of the first round; each round has the next one
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// Loads see older stores, where their orderings let them
    #[arg(long)]
    weak_memory: bool,
}

/// What has been run, and what of it was called wrong.
#[derive(Debug, Default)]
struct Tally {
    limits: Limits,
    executions: u64,
    alarms: u64,
}

/// How many executions of a twin each strategy gets in a round.
const OF_A_TWIN: u64 = 1_000;

/// And how many steps, if those are fewer: a hundred tasks take their time.
const STEPS: usize = 500_000;

fn main() {
    panic::set_hook(Box::new(|_| ()));
    let options = Options::parse();
    let limits = Limits { weak_memory: options.weak_memory, ..Limits::default() };
    let mut tally = Tally { limits, ..Tally::default() };
    let mut seed = options.seed;
    while tally.executions < options.executions {
        tally.judge_solutions(seed);
        tally.run_twins(seed);
        println!("seed {seed}: {} executions, {} false alarms", tally.executions, tally.alarms);
        seed += 1;
    }
}

impl Tally {
    /// Judges all accepted solutions, each with the default budget.
    fn judge_solutions(&mut self, seed: u64) {
        for problem in problems::ALL {
            for solution in problem.solutions {
                let (cores, limits) = (NonZero::<usize>::MIN, self.limits);
                let judge = Judge { seed, cores, limits, ..Judge::default() };
                let judgement = judge.judge(problem, solution, EngineKind::Controlled);
                self.executions += judgement.executions;
                if !judgement.verdict.is_accepted() {
                    self.alarms += 1;
                    let (number, name) = (problem.number, solution.name);
                    println!("{number} {name}, seed {seed}: {}", judgement.verdict.name());
                }
            }
        }
    }

    /// Runs the fixed twins of the corpus under every strategy.
    fn run_twins(&mut self, seed: u64) {
        for program in corpus::with_twins() {
            let Some(fixed) = program.fixed else { continue };
            for strategy in StrategyKind::ALL {
                self.run_twin(program.name, fixed, (strategy, seed));
            }
        }
    }

    fn run_twin(&mut self, name: &str, fixed: fn(), (strategy, seed): (StrategyKind, u64)) {
        let program: engine::Program = Arc::new(fixed);
        let mut engine = Controlled::new(strategy.build(seed), self.limits);
        let (mut number, mut steps) = (0, 0);
        while number < OF_A_TWIN && steps < STEPS {
            let run = engine.run(&program, number).expect("no strategy comes to an end");
            if run.outcome != Outcome::Completed {
                self.alarms += 1;
                println!("{name}, {strategy}, seed {seed}, {number}: {:?}", run.outcome);
            }
            (number, steps) = (number + 1, steps + run.steps);
        }
        self.executions += number;
    }
}
