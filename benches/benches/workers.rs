//! What it costs that solutions run in a process of their own: starting and ending it, and watching
//! it while it runs.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use judge::{EngineKind, Input, Judge, find_problem};

/// How many executions a turn has.
const EXECUTIONS: u64 = 400_000;

/// How many turns each contender has.
const TURNS: usize = 9;

fn main() {
    println!("starting and ending a worker      {:>8.2} ms", milliseconds(start_and_end()));
    // The least of each, as they take turns: what else the machine does is none of it.
    let turns: Vec<(Duration, Duration)> = (0..TURNS).map(|_| turn()).collect();
    let inside = turns.iter().map(|turn| turn.0).min().unwrap_or_default();
    let outside = turns.iter().map(|turn| turn.1).min().unwrap_or_default();
    println!("{EXECUTIONS} executions, in process   {:>8.2} ms", milliseconds(inside));
    println!("{EXECUTIONS} executions, in a worker  {:>8.2} ms", milliseconds(outside));
    let more = outside.as_secs_f64() / inside.as_secs_f64() - 1.0;
    println!("supervision costs                 {:>8.2} %", more * 100.0);
}

/// One turn of both: what the judgement took by its own clock.
fn turn() -> (Duration, Duration) {
    (in_process(), in_worker())
}

fn in_process() -> Duration {
    let problem = find_problem("1115").expect("1115 is there");
    let solution = problem.solutions.iter().find(|solution| solution.name == "semaphore");
    let inputs = vec![Input::from(&problem.cases[1])];
    let judge = Judge { executions: EXECUTIONS, inputs, ..Judge::default() };
    judge.judge(problem, solution.expect("it has one"), EngineKind::Controlled).elapsed
}

fn in_worker() -> Duration {
    let options = "--impl semaphore --engine controlled --case n2 --format json";
    let line = format!("run 1115 {options} --iters {EXECUTIONS}");
    let output = judge(&line).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let seconds = text.split_once("\"seconds\":").and_then(|(_, rest)| rest.split(',').next());
    Duration::from_secs_f64(seconds.and_then(|text| text.parse().ok()).expect("it is told"))
}

/// The least of many: what else the machine does is none of it.
fn start_and_end() -> Duration {
    let with = || timed("run 1115 --impl semaphore --engine controlled --iters 1 --case n1");
    let without = || timed("run 1115 --engine threads --case staged");
    let least = |time: &dyn Fn() -> Duration| (0..40).map(|_| time()).min().unwrap_or_default();
    least(&with).saturating_sub(least(&without))
}

fn timed(line: &str) -> Duration {
    let began = Instant::now();
    let status = judge(line).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.expect("it starts");
    began.elapsed()
}

fn judge(line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_judge-measured"));
    command.args(line.split_whitespace());
    command
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
