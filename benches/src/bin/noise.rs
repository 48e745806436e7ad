//! What each engine finds of the broken solutions, and how soon: the table in `POWER.md`.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{thread, time::Duration};

use judge::{EngineKind, Input, Judge, Stop};
use problems::{Broken, Problem};

/// How many seeds each is tried with.
const SEEDS: u64 = 5;

/// How many executions each seed gets, at the most.
const EXECUTIONS: u64 = 2_000;

/// How long all seeds together may take: solutions that really sleep would take an hour.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() {
    println!("| problem | broken solution | case | controlled | threads, noise | threads, quiet |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut found = [0; 3];
    for problem in problems::ALL {
        for broken in problem.broken {
            let columns = [
                until_found(problem, broken, EngineKind::Controlled, true),
                until_found(problem, broken, EngineKind::Threads, true),
                until_found(problem, broken, EngineKind::Threads, false),
            ];
            let (number, name, case) = (problem.number, broken.solution.name, broken.case);
            let [controlled, noisy, quiet] =
                columns.each_ref().map(|column| show(column.as_deref()));
            println!("| {number} | {name} | {case} | {controlled} | {noisy} | {quiet} |");
            for (found, column) in found.iter_mut().zip(&columns) {
                *found += usize::from(column.as_ref().is_some_and(|found| !found.is_empty()));
            }
        }
    }
    println!("\nfound at least once: {found:?} (controlled; threads with noise; without)");
}

/// For each seed that found the fault, how many executions it took. `None` where the engine cannot
/// run the case.
fn until_found(
    problem: &Problem,
    broken: &Broken,
    engine: EngineKind,
    noise: bool,
) -> Option<Vec<u64>> {
    let case = problem.cases.iter().find(|case| case.name == broken.case)?;
    let inputs = vec![Input::from(case)];
    let time_limit = Duration::from_secs(1);
    let judge = Judge { executions: EXECUTIONS, inputs, noise, time_limit, ..Judge::default() };
    if judge.inputs(problem, engine).is_empty() {
        return None;
    }
    let stop = Stop::default();
    let judge = Judge { stop: stop.clone(), ..judge };
    // Nobody waits for this one: it ends with the process.
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        stop.raise(1);
    });
    let take = |seed| {
        let judgement = Judge { seed, ..judge.clone() }.judge(problem, &broken.solution, engine);
        judgement.verdict.evidence().map(|evidence| evidence.execution + 1)
    };
    Some((0..SEEDS).filter_map(take).collect())
}

/// The median, and how many seeds found it if not all did.
fn show(column: Option<&[u64]>) -> String {
    let Some(found) = column else { return "cannot".to_owned() };
    let mut found = found.to_vec();
    found.sort_unstable();
    match (found.get(found.len() / 2), found.len() as u64) {
        (None, _) => "—".to_owned(),
        (Some(median), SEEDS) => median.to_string(),
        (Some(median), seeds) => format!("{median} ({seeds} of {SEEDS})"),
    }
}
