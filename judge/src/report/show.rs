//! A problem as one reads it before solving it.

use problems::{Problem, Starts};
use termimad::MadSkin;

/// The statement with its hints, the interface, the cases.
pub fn problem(problem: &Problem) -> String {
    let markdown = format!(
        "{}\n## Cases\n\n{}\n## Interface\n\n```\n{}```\n\n## Next\n\n{}",
        problem.statement,
        cases(problem),
        problem.interface,
        next(problem),
    );
    skin().term_text(&markdown).to_string()
}

/// Bold and dim only: what is shown stays readable on any background, and in a pipe.
fn skin() -> MadSkin {
    let mut skin = MadSkin::no_style();
    skin.headers.iter_mut().for_each(|header| header.align = termimad::Alignment::Left);
    skin
}

fn cases(problem: &Problem) -> String {
    let line = |case: &problems::Case| {
        let starts = match case.starts {
            Starts::Together => "",
            Starts::Staged => ", one call at a time, in a random order",
            Starts::InOrder => ", one call at a time, in this order",
        };
        format!("- `{}`: {}{starts}\n", case.name, case.input)
    };
    let lines: String = problem.cases.iter().map(line).collect();
    format!("{lines}\nYour own, with `--case`: {}.\n", problem.input)
}

fn next(problem: &Problem) -> String {
    let number = problem.number;
    format!(
        "- `judge new {number} mine` writes a file for your answer\n\
         - `judge list {number}` lists the solutions there are\n\
         - `judge run {number} --impl semaphore` judges one\n"
    )
}
