//! One execution, step by step.

use problems::{Problem, Solution};

use super::{
    failing,
    style::{BAD, FAINT, GOOD, Glyphs, STRONG, paint},
    timeline::{self, Scene},
    wrap::statement,
};
use crate::{Death, Divergence, Input, Replayed};

/// Every step of `replayed`, and what came of it.
pub fn execution(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    replayed: &Replayed,
) -> String {
    let title = title(problem, solution, input);
    let size = failing::size(&replayed.witness, replayed.trace.steps.len());
    let steps = timeline::whole(&Scene::of_replayed(replayed), Glyphs::chosen());
    format!("{title}\n{}\n\n{steps}\n{}", paint(FAINT, size), ending(replayed))
}

/// That the process in which it ran has died of it, and by what evidence.
pub(crate) fn death(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    death: &Death,
) -> String {
    let explained = rejected(death.name(), &death.explain());
    format!("{}\n\n{explained}", title(problem, solution, input))
}

fn title(problem: &Problem, solution: &Solution, input: &Input) -> String {
    let title = format!("{} {}, case {}", problem.number, solution.name, input.name);
    paint(STRONG, title)
}

fn ending(replayed: &Replayed) -> String {
    match &replayed.rejection {
        None => {
            let output = replayed.output.as_deref().unwrap_or_default();
            format!("{}\n  {output}\n", paint(GOOD, "right"))
        }
        Some(rejection) => {
            rejected(rejection.name(), &[rejection.explain(), replayed.trace.unseen()].concat())
        }
    }
}

fn rejected(name: &'static str, explained: &[String]) -> String {
    let lines = explained.iter().map(|line| statement(2, line) + "\n");
    paint(BAD, name) + "\n" + &lines.collect::<String>()
}

/// That the code no longer does what was recorded.
pub fn diverged(divergence: &Divergence) -> String {
    format!(
        "the code is not what it was: {divergence}\n  nothing can be said of the recorded \
         execution; judge run looks anew"
    )
}
