//! What people see fits their windows.

use judge::{
    Verified,
    problems::ALL,
    report::{list, show},
};

use super::{files, none};

/// Columns that a screen has.
const WIDTH: usize = 80;

/// The lines of `text` that are too wide.
fn wide(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| line.chars().count() > WIDTH)
}

#[test]
fn every_screen_that_is_kept_fits_80_columns() {
    let screens = files("tests/snapshots", ".snap").into_iter().filter(|file| {
        // A page and a drawing are read by browsers, a graph by Graphviz, a list by programmers.
        !["page-", "graph-", "verified__missed"].iter().any(|other| file.path.contains(other))
    });
    let found = screens.flat_map(|screen| {
        // What was typed to get there is no part of the screen.
        let seen = wide(&screen.text).filter(|line| !line.starts_with("$ "));
        seen.map(|line| format!("{}: {line}", screen.path)).collect::<Vec<_>>()
    });
    none(found, "a line that does not fit");
}

#[test]
fn every_problem_fits_80_columns_listed_and_shown() {
    let nothing = Verified::default();
    let screens =
        ALL.iter().flat_map(|problem| [list::solutions(problem, &nothing), show::problem(problem)]);
    let plain = screens.map(|screen| anstream::adapter::strip_str(&screen).to_string());
    let found = plain.flat_map(|screen| wide(&screen).map(str::to_owned).collect::<Vec<_>>());
    none(found, "a line that does not fit");
}
