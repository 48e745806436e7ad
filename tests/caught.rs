//! Wrong answers are rejected for what is wrong with them, and the report says how.

use judge::{
    EngineKind, Input, Judge, Judgement,
    engine::Limits,
    problems::{Broken, Fault, Problem},
};

use crate::catalogue::{case, told, wrong};

/// The budget that every wrong answer must be caught within.
const EXECUTIONS: u64 = 10_000;

/// What is wrong in the end is shrunk only where it is shown.
fn judged(problem: &Problem, broken: &Broken, seed: u64, inputs: Vec<Input>) -> Judgement {
    let judge = Judge { executions: EXECUTIONS, seed, inputs, shrink_steps: 0, ..Judge::default() };
    judge.judge(problem, &broken.solution, EngineKind::Controlled)
}

fn fault(judgement: &Judgement) -> Option<Fault> {
    judgement.verdict.evidence().and_then(|evidence| evidence.rejection.fault())
}

/// Judges every wrong answer with each of `seeds` on what `inputs` gives, and lists those that did
/// not get their verdict.
#[track_caller]
fn all_get_their_verdict(
    seeds: impl IntoIterator<Item = u64>,
    inputs: fn(&Problem, &Broken) -> Vec<Input>,
) {
    let mut others = Vec::new();
    for seed in seeds {
        for (problem, broken) in wrong() {
            let judgement = judged(problem, broken, seed, inputs(problem, broken));
            if fault(&judgement) != Some(broken.fault) {
                let (number, fault) = (problem.number, broken.fault);
                others.push(format!("{number}, seed {seed}, not {fault:?}: {}", told(&judgement)));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn every_broken_solution_is_caught_and_explained() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/caught");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (problem, broken) in wrong() {
            let judge = Judge { executions: EXECUTIONS, ..Judge::default() };
            let judgement = judge.judge(problem, &broken.solution, EngineKind::Controlled);
            assert_eq!(fault(&judgement), Some(broken.fault), "{}", told(&judgement));
            let name = format!("{}-{}", problem.number, broken.solution.name);
            insta::assert_snapshot!(name, told(&judgement));
        }
    });
}

#[test]
fn every_broken_solution_is_caught_at_other_seeds() {
    all_get_their_verdict(1..=9, |_, _| Vec::new());
}

#[test]
fn every_broken_solution_is_caught_on_its_case_alone() {
    all_get_their_verdict(0..=9, |problem, broken| vec![case(problem, broken.case)]);
}

#[test]
fn no_smaller_case_shows_what_is_wrong_while_waits_end_only_when_notified() {
    // A wait that ends for no reason is one more way to be wrong, and needs fewer calls.
    let limits = Limits { spurious: false, ..Limits::default() };
    let mut shown = Vec::new();
    for (problem, broken) in wrong() {
        let smaller = problem.cases.iter().take_while(|case| case.name != broken.case);
        let inputs: Vec<Input> = smaller.map(Input::from).collect();
        for seed in (0..=9).take_while(|_| !inputs.is_empty()) {
            let judge = Judge {
                executions: 2_000,
                seed,
                inputs: inputs.clone(),
                limits,
                shrink_steps: 0,
                ..Judge::default()
            };
            let judgement = judge.judge(problem, &broken.solution, EngineKind::Controlled);
            if fault(&judgement) == Some(broken.fault) {
                shown.push(format!("{}, seed {seed}: {}", problem.number, told(&judgement)));
            }
        }
    }
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
