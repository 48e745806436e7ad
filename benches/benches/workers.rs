//! What it costs that solutions run in a process of their own: starting and ending it, and watching
//! it while it runs.
//!
//! One program does both, `judge-measured`, each turn in a process that begins cold: two programs
//! with the same code in them differ by as much as a worker costs.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How many executions a turn has.
const EXECUTIONS: u64 = 400_000;

/// How many turns each contender has.
const TURNS: usize = 15;

/// What a judgement took: by its own clock, and of the processors, with whoever watched.
#[derive(Clone, Copy, Default)]
struct Took {
    wall: Duration,
    processor: Duration,
}

fn main() {
    println!("starting and ending a worker      {:>8.2} ms", milliseconds(start_and_end()));
    let turns: Vec<[Took; 2]> = (0..TURNS).map(|_| [in_process(), in_worker()]).collect();
    let [inside, outside] = [0, 1].map(|contender| summary(&turns, contender));
    for (name, took) in [("in process ", inside), ("in a worker", outside)] {
        let [wall, processor] = [took.wall, took.processor].map(milliseconds);
        println!(
            "{EXECUTIONS} executions, {name}   {wall:>8.2} ms {processor:>8.2} ms of processors"
        );
    }
    let [wall, processor] = [|took: Took| took.wall, |took: Took| took.processor]
        .map(|of| (of(outside).as_secs_f64() / of(inside).as_secs_f64() - 1.0) * 100.0);
    println!("supervision costs                 {wall:>8.2} %  {processor:>8.2} % of processors");
}

/// The least time of a contender, since what else the machine does is none of it; and the mean of
/// what it took of the processors, which the kernel tells in hundredths of a second.
fn summary(turns: &[[Took; 2]], contender: usize) -> Took {
    let of = || turns.iter().map(|turn| turn[contender]);
    let wall = of().map(|took| took.wall).min().unwrap_or_default();
    let processor = of().map(|took| took.processor).sum::<Duration>();
    Took { wall, processor: processor / u32::try_from(turns.len()).unwrap_or(1) }
}

fn in_process() -> Took {
    let line = format!("inside {EXECUTIONS}");
    took(&line, |text| text.trim().parse().ok())
}

fn in_worker() -> Took {
    let options = "--impl semaphore --engine controlled --case n2 --format json";
    let line = format!("run 1115 {options} --iters {EXECUTIONS}");
    took(&line, |text| {
        let (_, rest) = text.split_once("\"seconds\":")?;
        rest.split(',').next()?.parse().ok()
    })
}

/// What the judgement took that `line` asks for, which says `seconds` of itself.
fn took(line: &str, seconds: impl FnOnce(&str) -> Option<f64>) -> Took {
    let before = of_children();
    let output = judge(line).output().expect("it starts");
    let processor = of_children().saturating_sub(before);
    let text = String::from_utf8_lossy(&output.stdout);
    Took { wall: Duration::from_secs_f64(seconds(&text).expect("it is told")), processor }
}

/// The processor time of all processes that this one has started, and they, and that have ended.
fn of_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("the kernel tells");
    let (_, fields) = stat.rsplit_once(") ").expect("the name stands in parentheses");
    let ticks = |index: usize| fields.split(' ').nth(index)?.parse::<u64>().ok();
    let ticks = ticks(13).zip(ticks(14)).map(|(user, system)| user + system);
    Duration::from_millis(ticks.expect("both are numbers") * 10)
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
