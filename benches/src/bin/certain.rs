//! Whether every broken solution is rejected for what is wrong with it, whatever the seed.

#![expect(clippy::print_stdout, reason = "the counts are what this is for")]

use std::num::NonZero;

use clap::Parser;
use judge::{EngineKind, Judge};
use problems::{Broken, Problem};

/// Whether every broken solution is rejected by a default judgement, whatever the seed
#[derive(Debug, Parser)]
struct Options {
    /// How many seeds each is judged with
    #[arg(long, default_value_t = 100)]
    seeds: u64,

    /// Only these problems
    problems: Vec<u16>,
}

/// How often a broken solution was rejected, and how often for what is wrong with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Caught {
    rejected: u64,
    as_listed: u64,
}

fn main() {
    let Options { seeds, problems: only } = Options::parse();
    let (mut all, mut judged) = (Caught::default(), 0);
    let is_meant = |problem: &Problem| only.is_empty() || only.contains(&problem.number);
    for problem in problems::ALL.iter().filter(|problem| is_meant(problem)) {
        for broken in problem.broken {
            let caught = caught(problem, broken, seeds);
            let Caught { rejected, as_listed } = caught;
            if caught != (Caught { rejected: seeds, as_listed: seeds }) {
                let (number, name) = (problem.number, broken.solution.name);
                println!("{number} {name}: rejected {rejected}, as listed {as_listed} of {seeds}");
            }
            all.rejected += rejected;
            all.as_listed += as_listed;
            judged += seeds;
        }
        println!("{}: so far {} of {judged}", problem.number, all.rejected);
    }
    println!("rejected {} of {judged}, for what is listed {}", all.rejected, all.as_listed);
}

/// Judges with the default budget, on the engine that every default judgement begins with, and
/// leaves what is found as it is.
fn caught(problem: &Problem, broken: &Broken, seeds: u64) -> Caught {
    let mut caught = Caught::default();
    for seed in 0..seeds {
        let judge =
            Judge { seed, shrink_steps: 0, cores: NonZero::<usize>::MIN, ..Judge::default() };
        let judgement = judge.judge(problem, &broken.solution, EngineKind::Controlled);
        if let Some(evidence) = judgement.verdict.evidence() {
            caught.rejected += 1;
            caught.as_listed += u64::from(evidence.rejection.fault() == Some(broken.fault));
        }
    }
    caught
}
