//! One execution, step by step.

use problems::{Problem, Solution};

use super::{
    failing,
    style::{BAD, FAINT, GOOD, Glyphs, STRONG, paint},
    timeline::{self, Scene},
    wrap::wrapped,
};
use crate::{Divergence, Input, Replayed};

/// Every step of `replayed`, and what came of it.
pub fn execution(
    problem: &Problem,
    solution: &Solution,
    input: &Input,
    replayed: &Replayed,
) -> String {
    let title = format!("{} {}, case {}", problem.number, solution.name, input.name);
    let size = failing::size(&replayed.witness, replayed.trace.steps.len());
    let steps = timeline::whole(&Scene::of_replayed(replayed), Glyphs::chosen());
    let title = format!("{}\n{}", paint(STRONG, title), paint(FAINT, size));
    format!("{title}\n\n{steps}\n{}", ending(replayed))
}

fn ending(replayed: &Replayed) -> String {
    match &replayed.rejection {
        None => {
            let output = replayed.output.as_deref().unwrap_or_default();
            format!("{}\n  {output}\n", paint(GOOD, "right"))
        }
        Some(rejection) => {
            let lines = rejection.explain();
            let lines = lines.into_iter().map(|line| wrapped(&format!("  {line}")) + "\n");
            paint(BAD, rejection.name()) + "\n" + &lines.collect::<String>()
        }
    }
}

/// That the code no longer does what was recorded.
pub fn diverged(divergence: &Divergence) -> String {
    format!(
        "the code is not what it was: {divergence}\n  nothing can be said of the recorded \
         execution; judge run looks anew"
    )
}
