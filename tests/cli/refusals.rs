//! What is refused: exit code 2, nothing on stdout, and on stderr what to do instead.

use super::{judge, run, written};

/// What `judge line` says on stderr when it refuses.
#[track_caller]
fn refusal(line: &str) -> String {
    let assert = run(judge(line)).code(2).stdout("");
    let [_, stderr] = written(&assert);
    stderr
}

/// What it says to each of `lines`, which is one sentence.
#[track_caller]
fn refusals(lines: &[&str]) -> String {
    let text = refusals_with_usage(lines);
    // What does not fit goes on further in.
    let begins = text.lines().filter(|line| !line.starts_with("  ")).count();
    assert_eq!(begins, 2 * lines.len(), "{text}");
    text
}

/// What it says to each of `lines`, which may be more when the command line cannot be read.
#[track_caller]
fn refusals_with_usage(lines: &[&str]) -> String {
    let told: Vec<_> =
        lines.iter().map(|line| format!("$ judge {line}\n{}", refusal(line))).collect();
    told.concat()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/cli");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn unknown_names_are_refused_with_a_suggestion() {
    let lines = [
        "show 9999",
        "show fobar",
        "list print-foobar-alternatively",
        "run 1155",
        "run 1115 --impl semafore",
        "run 1115 --impl semaphore --impl nobody",
        "run all --impl nobody",
        "replay 1115 --impl early-handovr --case n1 --execution 0",
        "new 1511 mine",
    ];
    settings().bind(|| insta::assert_snapshot!("unknown-names", refusals(&lines)));
}

#[test]
fn inputs_that_the_problem_forbids_are_refused() {
    let lines = [
        "run 1114 --case 1,1,2",
        "run 1114 --n 3",
        "run 1115 --n 0",
        "run 1115 --n 1001",
        "run 1115 --case n3",
        "run 1116 --n 0",
        "run 1117 --case HHH",
        "run 1117 --case HOX",
        "run 1117 --n 21",
        "run 1195 --n 51",
        "run 1226 --case 1,2,3",
        "run 1226 --n 61",
        "run 1242 --n 1001",
        "run 1242 --case web",
        "replay 1115 --impl semaphore --case n3 --execution 0",
    ];
    settings().bind(|| insta::assert_snapshot!("forbidden-inputs", refusals_with_usage(&lines)));
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let lines = [
        "run 1115 --iters 0",
        "run 1115 --iters 99999999999999",
        "run 1115 --iters many",
        "run 1115 --seed -1",
        "run 1115 --n -1",
        "run 1115 --case -1",
        "run 1115 --time-limit 0s",
        "run 1115 --max-steps 0",
        "run 1115 --engine loom",
        "run 1115 --format xml",
        "run 1115 --nosie",
        "run",
        "rnu 1115",
        "replay 1115 --impl semaphore",
    ];
    settings().bind(|| insta::assert_snapshot!("usage", refusals_with_usage(&lines)));
}
