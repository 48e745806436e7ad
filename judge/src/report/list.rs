//! Problems and techniques as tables.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use problems::{Problem, Solution, Technique};

use super::style::{FAINT, STRONG, paint};
use crate::{Verified, registry};

/// Marks what is verified.
const MARK: &str = "✓";

/// Columns that a table fits in.
const WIDTH: u16 = 80;

/// Problems × techniques: how many right answers there are to each, marked where all are verified.
pub fn table(verified: &Verified) -> String {
    let mut table = plain_table();
    let techniques = Technique::ALL.iter().map(|technique| technique.name().to_owned());
    table.set_header(
        [String::new(), "problem".to_owned()]
            .into_iter()
            .chain(techniques)
            .chain(["broken".to_owned(), "yours".to_owned()]),
    );
    for problem in problems::ALL {
        table.add_row(row(problem, verified));
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        // One space between columns: nine of them must fit in a terminal.
        column.set_padding((u16::from(index > 0), 0));
        if index > 1 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let table = table.trim_fmt();
    let mut hint = "judge list 1115 for its solutions, judge run 1115 to judge them".to_owned();
    if table.contains(MARK) {
        hint = format!(
            "{MARK} verified: judge verify has seen every interleaving of small cases\n{hint}"
        );
    }
    format!("{table}\n\n{}\n", paint(FAINT, hint))
}

fn row(problem: &Problem, verified: &Verified) -> Vec<String> {
    let number = |count: usize| if count == 0 { "·".to_owned() } else { count.to_string() };
    let of = |technique: &Technique| {
        let has = |solution: &&Solution| solution.technique == *technique;
        let answers = || problem.solutions.iter().filter(has);
        let mut is_verified = answers().map(|answer| verified.has(problem, answer.name));
        let are_all = answers().count() > 0 && is_verified.all(|is_verified| is_verified);
        format!("{}{}", if are_all { MARK } else { "" }, number(answers().count()))
    };
    let mut row = vec![problem.number.to_string(), problem.nickname.to_owned()];
    row.extend(Technique::ALL.iter().map(of));
    row.push(number(problem.broken.len()));
    row.push(number(registry::own(problem).len()));
    row
}

/// The solutions of one problem: right, your own, wrong; those that are verified say so.
pub fn solutions(problem: &Problem, verified: &Verified) -> String {
    let name = |solution: &Solution| {
        let mark = if verified.has(problem, solution.name) { MARK } else { "" };
        format!("{mark}{}", solution.name)
    };
    let mut text = paint(STRONG, format!("{} {}", problem.number, problem.title)) + "\n\n";
    text += &block("", problem.solutions.iter().copied(), &name);
    let own = registry::own(problem);
    if !own.is_empty() {
        text += &block("yours", own.into_iter(), &name);
    }
    text + &block("broken", problem.broken.iter().map(|broken| broken.solution), &name)
}

fn block(
    title: &str,
    solutions: impl Iterator<Item = Solution>,
    name: &dyn Fn(&Solution) -> String,
) -> String {
    let mut table = plain_table();
    for solution in solutions {
        table.add_row([&name(&solution), solution.technique.name(), solution.idea]);
    }
    let title = if title.is_empty() { String::new() } else { paint(STRONG, title) + "\n" };
    format!("{title}{}\n\n", table.trim_fmt())
}

fn plain_table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table
}
