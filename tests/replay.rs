//! What was seen once can be seen again: a seed, a case and a number decide an execution.

use judge::{
    EngineKind, Evidence, Input, Judge, Judgement, Output, Plan, Replayed,
    engine::{Limits, Schedule},
    follow,
    problems::{Broken, Fault, Problem, Solution},
    replay,
};

use crate::catalogue::{case, right, told, wrong};

/// Execution number `execution` of a judgement with `seed`.
fn again(
    (problem, solution): (&Problem, &Solution),
    input: &Input,
    (seed, execution): (u64, u64),
) -> Replayed {
    replay(problem, solution, input, Plan { seed, ..Plan::default() }, execution)
}

/// Eight executions here and there, of which the last come after a thousand lessons; each with a seed of
/// its own.
fn executions() -> impl Iterator<Item = (u64, u64)> {
    (0..8).map(|index| (index * 7919, index * index * 37))
}

/// The outputs of each case, how often each was seen, and when first.
fn outputs(judgement: &Judgement) -> Vec<&[Output]> {
    judgement.cases.iter().map(|seen| seen.outputs.seen.as_slice()).collect()
}

#[track_caller]
fn is_what_was_seen(replayed: &Replayed, evidence: &Evidence, name: &str) {
    assert_eq!(replayed.rejection.as_ref(), Some(&evidence.rejection), "{name}");
    assert_eq!(Some(&replayed.trace), evidence.trace.as_ref(), "{name}");
    assert_eq!(replayed.told, evidence.told, "{name}");
}

#[test]
fn a_rejected_execution_is_rejected_again_with_the_same_trace() {
    for (problem, broken) in wrong() {
        let judge = Judge { shrink_steps: 0, ..Judge::default() };
        let judgement = judge.judge(problem, &broken.solution, EngineKind::Controlled);
        let evidence = judgement.verdict.evidence().expect("a broken solution is rejected");
        let input = case(problem, &evidence.case);
        let execution = (evidence.seed, evidence.execution);
        let replayed = again((problem, &broken.solution), &input, execution);
        let name = format!("{} {}", problem.number, broken.solution.name);
        is_what_was_seen(&replayed, evidence, &name);
    }
}

/// Every wrong answer, times 14 replays of each, is more than a thousand.
const REPLAYS: usize = 14;

#[test]
fn a_shrunk_schedule_written_and_read_replays_the_same_every_time() {
    let mut replays = 0;
    for (problem, broken) in wrong() {
        let judgement = Judge::default().judge(problem, &broken.solution, EngineKind::Controlled);
        let evidence = judgement.verdict.evidence().expect("a broken solution is rejected");
        let witness = evidence.witness.as_ref().expect("a controlled rejection has a witness");
        let schedule: Schedule =
            witness.schedule.to_string().parse().expect("what is written is read");
        let input = case(problem, &evidence.case);
        let name = format!("{} {}", problem.number, broken.solution.name);
        for _ in 0..REPLAYS {
            let replayed = follow(&broken.solution, &input, &schedule, Limits::default());
            is_what_was_seen(&replayed, evidence, &name);
            replays += 1;
        }
    }
    assert!(replays >= 1_000, "only {replays} replays");
}

/// A data race is shown as it was found: every execution of its class has it.
#[test]
fn a_shrunk_execution_takes_few_preemptions() {
    let shrinks = |broken: &Broken| broken.fault != Fault::DataRace;
    let surprises = wrong().filter(|(_, broken)| shrinks(broken)).map(|(problem, broken)| {
        let judgement = Judge::default().judge(problem, &broken.solution, EngineKind::Controlled);
        let evidence = judgement.verdict.evidence().expect("a broken solution is rejected");
        let witness = evidence.witness.as_ref().expect("a controlled rejection has a witness");
        let name = format!("{} {}", problem.number, broken.solution.name);
        (witness.preempted.len() + witness.wakes(), name)
    });
    let many: Vec<_> = surprises.filter(|&(surprises, _)| surprises > 3).collect();
    assert!(many.is_empty(), "{many:?}");
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for (problem, solution) in right() {
        for (execution, case) in executions().zip(problem.cases.iter().cycle()) {
            let once = || again((problem, solution), &Input::from(case), execution);
            assert_eq!(once(), once(), "{} {}", problem.number, solution.name);
        }
    }
}

#[test]
fn different_seeds_give_different_traces() {
    for (problem, solution) in right() {
        let differs = problem.cases.iter().map(Input::from).any(|input| {
            let trace = |seed| again((problem, solution), &input, (seed, 0)).trace;
            let first = trace(0);
            (1..100).any(|seed| trace(seed) != first)
        });
        assert!(differs, "{} {}", problem.number, solution.name);
    }
}

#[test]
fn two_judgements_with_one_seed_give_the_same_report() {
    let judge = Judge { executions: 500, seed: 1226, ..Judge::default() };
    let broken = wrong().map(|(problem, broken)| (problem, &broken.solution));
    for (problem, solution) in right().chain(broken) {
        let once = || judge.judge(problem, solution, EngineKind::Controlled);
        let (first, second) = (once(), once());
        assert_eq!(told(&first), told(&second));
        assert_eq!(first.verdict, second.verdict);
        assert_eq!(outputs(&first), outputs(&second));
    }
}
