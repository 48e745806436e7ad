//! Every answer there is, for tests that hold for all of them.

use judge::{
    Input, Judgement,
    problems::{self, Broken, Problem, Solution},
    report::human,
};

/// Every right answer, with its problem.
pub(crate) fn right() -> impl Iterator<Item = (&'static Problem, &'static Solution)> {
    problems::ALL
        .iter()
        .flat_map(|&problem| problem.solutions.iter().map(move |answer| (problem, answer)))
}

/// Every wrong answer, with its problem.
pub(crate) fn wrong() -> impl Iterator<Item = (&'static Problem, &'static Broken)> {
    problems::ALL
        .iter()
        .flat_map(|&problem| problem.broken.iter().map(move |answer| (problem, answer)))
}

/// The case of `problem` that is called `name`.
#[track_caller]
pub(crate) fn case(problem: &Problem, name: &str) -> Input {
    let case = problem.cases.iter().find(|case| case.name == name);
    Input::from(case.expect("the problem has a case of this name"))
}

/// A judgement as people read it, without colour. It says nothing of time.
pub(crate) fn told(judgement: &Judgement) -> String {
    anstream::adapter::strip_str(&human::judgement(judgement)).to_string()
}
