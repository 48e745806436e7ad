//! Hostile solutions: each costs its own verdict, and nothing else.

use std::process::Command;

use ::hostile::Hostile;
use judge::EngineKind::{self, Controlled, Threads};

use crate::{
    cli::{hostile, run, written},
    corpus::CORPUS,
};

/// How many executions each is given: enough to come to its deed, and few enough to be quick.
const EXECUTIONS: u32 = 20;

/// A run of hostile solutions whose verdict on `engine` is looked at.
pub(crate) fn command(engine: &str, options: &str, names: &[&str]) -> Command {
    // Two cores wherever it runs: who is wrong in one execution of many then is so in the same one.
    let fixed = format!("--iters {EXECUTIONS} --format json --cores 2 --case n1");
    let mut command = hostile(&format!("run 1115 --engine {engine} {fixed} {options}"));
    command.args(names.iter().flat_map(|name| ["--impl", name]));
    command
}

/// The solution and its verdict, if `line` of a report has them.
pub(crate) fn verdict(line: &str) -> Option<(String, String)> {
    let record: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
    let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
    (record["type"] == "judgement").then(|| (text("solution"), text("verdict")))
}

/// The verdicts of a report, by solution.
pub(crate) fn verdicts(report: &str) -> Vec<(String, String)> {
    report.lines().filter_map(verdict).collect()
}

/// The verdict on `hostile` that `engine` must come to.
pub(crate) fn expected(hostile: &Hostile, engine: EngineKind) -> &'static str {
    match engine {
        Controlled => hostile.controlled,
        Threads => hostile.threads,
    }
}

/// Each was judged as often as it should have been on `engine`, and each time as expected.
#[track_caller]
fn get_their_verdicts(engine: EngineKind) {
    assert_eq!(CORPUS.wrong(engine), [""; 0]);
    assert_eq!(CORPUS.judgements(engine), CORPUS.laps * ::hostile::all().count());
}

#[test]
fn there_are_at_least_sixty_and_each_has_a_name_of_its_own() {
    let mut names: Vec<&str> = ::hostile::all().map(|hostile| hostile.solution.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ::hostile::all().count());
    assert!(names.len() >= 60, "there are {}", names.len());
}

#[test]
fn each_gets_its_verdict_under_control() {
    get_their_verdicts(Controlled);
}

#[test]
fn each_gets_its_verdict_on_threads() {
    get_their_verdicts(Threads);
}

#[test]
fn nobody_lists_them() {
    let [stdout, _] = written(&run(hostile("list 1115")).success());
    for hostile in ::hostile::all() {
        let name = hostile.solution.name;
        assert!(!stdout.split_whitespace().any(|word| word == name), "{name} is listed");
    }
}

#[test]
fn the_others_are_judged_as_if_nothing_had_happened() {
    let names = ["abort", "upright", "kill-all", "exit-0", "whisper"];
    let [stdout, _] = written(&run(command("both", "", &names)));
    let accepted = verdicts(&stdout).into_iter().filter(|(_, verdict)| verdict == "accepted");
    let accepted: Vec<String> = accepted.map(|(name, _)| name).collect();
    assert_eq!(accepted, ["upright", "upright", "whisper", "whisper"]);
}

/// Judges `name` under control, and gives what is said.
fn told(name: &str) -> String {
    let line = format!("run 1115 --impl {name} --engine controlled --case n1 --iters 20");
    let [stdout, _] = written(&run(hostile(&line)));
    stdout
}

#[test]
fn what_waits_outside_of_sync_is_told_with_the_system_call_and_what_to_use() {
    let text = told("std-mutex");
    assert!(text.contains("outside of sync, in the system call futex"), "{text}");
    assert!(text.contains("use those of sync"), "{text}");
    let text = told("std-sleep");
    assert!(text.contains("in the system call clock_nanosleep"), "{text}");
}

#[test]
fn a_death_is_told_with_the_steps_before_it_and_what_was_printed() {
    let text = told("escapes");
    assert!(text.contains("aborted in execution 0 of case n1"), "{text}");
    assert!(text.contains("the last steps:"), "{text}");
    assert!(text.contains("\\u{1b}[2J"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let text = told("panic-twice");
    assert!(text.contains("the last panic was at panics.rs"), "{text}");
}
