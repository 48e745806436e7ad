//! One execution, step by step.

use problems::{Problem, Solution};

use super::{
    steps,
    style::{BAD, GOOD, STRONG, paint},
};
use crate::{Input, Replayed};

/// Every step of `replayed`, and what came of it.
pub fn execution(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    replayed: &Replayed,
) -> String {
    let title = format!("{} {}, case {}", problem.number, solution.name, input.name);
    let steps = steps::all(&replayed.trace, &replayed.told);
    format!("{}\n\n{steps}\n{}", paint(STRONG, title), ending(replayed))
}

fn ending(replayed: &Replayed) -> String {
    match &replayed.rejection {
        None => {
            let output = replayed.output.as_deref().unwrap_or_default();
            format!("{}\n  {output}\n", paint(GOOD, "right"))
        }
        Some(rejection) => {
            let lines = rejection.explain().into_iter().map(|line| format!("  {line}\n"));
            paint(BAD, rejection.name()) + "\n" + &lines.collect::<String>()
        }
    }
}
