//! A problem as one reads it before solving it.

use std::io::IsTerminal;

use problems::{Problem, Starts};
use termimad::MadSkin;

use super::{interface::indented, wrap::WIDTH};

/// The statement with its hints, the cases, the interface, what to do next.
pub fn problem(problem: &Problem) -> String {
    let statement = joined(problem.statement);
    let before = format!("{statement}\n## Cases\n\n{}\n## Interface\n", cases(problem));
    let after = format!("## Next\n\n{}", next(problem));
    let text =
        format!("{}\n{}\n{}", wrapped(&before), indented(problem.interface), wrapped(&after));
    text.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// `markdown` as wide as the terminal, or as a report where stdout is none.
fn wrapped(markdown: &str) -> String {
    let width = (!std::io::stdout().is_terminal()).then_some(WIDTH);
    skin().text(markdown, width).to_string()
}

/// Bold titles and nothing else: what is shown stays readable on any background, and in a pipe.
fn skin() -> MadSkin {
    let mut skin = MadSkin::no_style();
    for header in &mut skin.headers {
        header.align = termimad::Alignment::Left;
        header.add_attr(termimad::crossterm::style::Attribute::Bold);
    }
    skin
}

/// `markdown` with each paragraph and each item on one line, for the terminal's width to break.
fn joined(markdown: &str) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for line in markdown.lines() {
        let is_fence = line.starts_with("```");
        let begins = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
        let is_item = begins(&["- ", "* ", "#", "|"]) || line.starts_with(|c: char| c.is_numeric());
        let stands_alone = in_code || is_fence || line.is_empty() || is_item;
        if stands_alone || text.ends_with("\n\n") || text.is_empty() || text.ends_with("```\n") {
            text += line;
        } else {
            text.truncate(text.trim_end().len());
            text = text + " " + line.trim_start();
        }
        text.push('\n');
        in_code ^= is_fence;
    }
    text
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
