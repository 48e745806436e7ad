//! What is verified, and what is found: every interleaving of the smallest cases.

use judge::{
    Bounds, Input, Judge, Replayed, Verification, Word,
    engine::{Limits, verify::End},
    follow,
    problems::{Broken, Fault, Problem, Solution},
};

use crate::catalogue::{case, right, wrong};

fn verified(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    (bounds, spurious): (Bounds, bool),
) -> Verification {
    let limits = Limits { steps: 20_000, spurious, ..Limits::default() };
    let judge = Judge { limits, shrink_steps: 0, ..Judge::default() };
    judge.verify(problem, solution, input, &bounds, &|_| ())
}

/// So many executions, on one core.
fn budget(executions: u64) -> Bounds {
    Bounds { max_executions: Some(executions), cores: 1, ..Bounds::default() }
}

#[test]
fn no_right_answer_is_wrong_in_any_interleaving_that_is_run() {
    for (problem, solution) in right() {
        for name in
            problem.small.iter().filter(|name| problem.cases.iter().any(|c| c.name == **name))
        {
            let found = verified(problem, solution, &case(problem, name), (budget(2_000), true));
            let number = problem.number;
            assert!(
                found.word.evidence().is_none(),
                "{number} {} {name}: {}",
                solution.name,
                found.word.name()
            );
            let end = found.survey.end;
            assert!(
                matches!(end, End::Exhausted | End::OutOfExecutions),
                "{number} {} {name}: {end}",
                solution.name,
            );
        }
    }
}

/// The wrong answers that a bounded search for what is wrong with them does not find on their case.
fn missed(bounds: &Bounds) -> Vec<String> {
    let mut missed = Vec::new();
    for (problem, broken) in wrong() {
        let input = case(problem, broken.case);
        let found = verified(problem, &broken.solution, &input, (bounds.clone(), false));
        if fault(&found.word) != Some(broken.fault) {
            let (number, name) = (problem.number, broken.solution.name);
            missed.push(format!(
                "{number} {name} {}: {}, {}",
                broken.case,
                found.word.name(),
                found.survey.end
            ));
        }
    }
    missed
}

fn fault(word: &Word) -> Option<Fault> {
    word.evidence().and_then(|evidence| evidence.rejection.fault())
}

#[test]
fn broken_solutions_are_found_at_their_smallest_case() {
    let missed = missed(&budget(20_000));
    insta::assert_snapshot!("missed", missed.join("\n"));
}

#[test]
fn what_is_found_replays() {
    let early = |(_, broken): &(_, &Broken)| broken.case == "n1" || broken.case == "hoh";
    for (problem, broken) in wrong().filter(early) {
        let input = case(problem, broken.case);
        let found = verified(problem, &broken.solution, &input, (budget(2_000), true));
        let Some(evidence) = found.word.evidence() else { continue };
        let Some(witness) = &evidence.witness else { continue };
        let Replayed { trace, .. } =
            follow(&broken.solution, &input, &witness.schedule, evidence.limits);
        let steps = evidence.trace.as_ref().map(|trace| &trace.steps);
        assert_eq!(Some(&trace.steps), steps, "{} {}", problem.number, broken.solution.name);
    }
}
