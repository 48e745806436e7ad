//! The command, to be measured; and a judgement of its own, in the same program with nobody to watch.

#![expect(clippy::print_stdout, reason = "the time is what this is for")]

use std::{env, process::ExitCode};

use judge::{EngineKind, Input, Judge, find_problem};

/// The command's.
#[global_allocator]
static HEAP: judge::Heap = judge::Heap;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments[..] {
        [word, executions] if word == "inside" => {
            judge_inside(executions.parse().expect("it is a number of executions"));
            ExitCode::SUCCESS
        }
        _ => judge::cli::main().into(),
    }
}

/// Judges what the bench `workers` has judged in a worker, and says how many seconds it took.
fn judge_inside(executions: u64) {
    let problem = find_problem("1115").expect("1115 is there");
    let solution = problem.solutions.iter().find(|solution| solution.name == "semaphore");
    let inputs = vec![Input::from(&problem.cases[1])];
    let judge = Judge { executions, inputs, ..Judge::default() };
    let judgement = judge.judge(problem, solution.expect("it has one"), EngineKind::Controlled);
    println!("{}", judgement.elapsed.as_secs_f64());
}
