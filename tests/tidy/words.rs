//! Words that may stand in few places, or in none.

use super::{File, HOUSES, files, none, sources};

/// Where `word` stands in the code of `file`, and is not a part of a longer word.
fn places(file: &File, word: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let has = |line: &str| {
        line.match_indices(word).any(|(at, _)| {
            let (before, after) = (&line[..at], &line[at + word.len()..]);
            let goes_on_left = word.starts_with(is_part) && before.ends_with(is_part);
            let goes_on_right = word.ends_with(is_part) && after.starts_with(is_part);
            !goes_on_left && !goes_on_right
        })
    };
    let lines = file.code().filter(|(_, line)| has(line));
    lines.map(|(number, _)| format!("{}:{number}", file.path)).collect()
}

/// Asserts that `words` stand only in files that `may` names.
#[track_caller]
fn only_in(words: &[&str], may: fn(&str) -> bool, rule: &str) {
    let others: Vec<File> = sources().into_iter().filter(|file| !may(&file.path)).collect();
    let found = others.iter().flat_map(|file| words.iter().flat_map(|word| places(file, word)));
    none(found, rule);
}

#[test]
fn unsafe_lives_where_it_must() {
    let may = |path: &str| {
        matches!(
            path,
            "engine/src/controlled/controller.rs"
                | "engine/src/controlled/coroutine.rs"
                | "judge/src/worker/board.rs"
                | "judge/src/worker/heap.rs"
                | "judge/src/worker/traps.rs"
                | "sync/src/control.rs"
                | "sync/src/control/ask.rs"
                | "sync/src/control/switch.rs"
                | "sync/src/thread/handover.rs"
                | "sync/src/thread/packet.rs"
                | "tests/hostile/raw.rs"
        )
    };
    only_in(&["unsafe"], may, "unsafe code where nobody expects it");
}

#[test]
fn only_reports_print() {
    // The measurements are their own reports.
    let may = |path: &str| {
        path.starts_with("judge/src/report/")
            || path.starts_with("benches/")
            || path == "judge/src/main.rs"
    };
    only_in(&["print!", "println!", "eprint!", "eprintln!", "dbg!"], may, "printing elsewhere");
}

#[test]
fn only_the_command_line_knows_flags() {
    let may = |path: &str| path.starts_with("judge/src/cli/") || path == "judge/src/report/mod.rs";
    only_in(&["clap"], may, "clap outside the command line");
}

#[test]
fn reports_know_flags_only_as_names_of_formats() {
    let report = File::read("judge/src/report/mod.rs");
    let lines = report.code().map(|(_, line)| line).filter(|line| line.contains("clap"));
    assert_eq!(lines.collect::<Vec<_>>(), ["use clap::ValueEnum;"]);
}

#[test]
fn expect_says_what_is_believed() {
    only_in(&[".unwrap()"], |_| false, "a bare unwrap outside tests");
}

#[test]
fn nothing_is_left_to_do() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let ours = || HOUSES.iter().flat_map(|house| [".rs", ".md", ".toml"].map(|end| (house, end)));
    let texts = ours().flat_map(|(house, ending)| files(house, ending));
    let left = texts.filter(|file| words.iter().any(|word| file.text.contains(word)));
    none(left.map(|file| file.path), "a note to ourselves");
}

#[test]
fn no_test_is_ignored_or_meant_to_panic() {
    let words = [concat!("#[ign", "ore"), concat!("#[should", "_panic")];
    let left =
        sources().into_iter().filter(|file| words.iter().any(|word| file.text.contains(word)));
    none(left.map(|file| file.path), "a test that says nothing");
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let long = sources().into_iter().filter(|file| file.text.lines().count() > 500);
    none(long.map(|file| file.path), "a file for two readers");
}
