//! Hostile solutions: each costs its own verdict, and nothing else.
//!
//! `JUDGE_HOSTILE_RUNS=1000 cargo test -p tests --test tests hostile` runs each so many times.

use std::{env, process::Command};

use crate::cli::{hostile, run, written};

/// How many executions each is given: enough to come to its deed, and few enough to be quick.
const EXECUTIONS: u32 = 20;

/// How often each is run, here, and by whoever asks for more.
fn runs() -> usize {
    env::var("JUDGE_HOSTILE_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(1)
}

/// A run of all hostile solutions whose verdict on `engine` is looked at.
pub(crate) fn command(engine: &str, names: &[&str]) -> Command {
    // Two cores wherever it runs: who is wrong in one execution of many then is so in the same one.
    let options = format!("--iters {EXECUTIONS} --engine {engine} --format json --cores 2");
    let options = format!("{options} --time-limit 1s");
    let mut command = hostile(&format!("run 1115 {options} --case n1 --memory 96MiB"));
    command.args(names.iter().flat_map(|name| ["--impl", name]));
    command
}

/// The verdicts of a run, by solution.
pub(crate) fn verdicts(output: &str) -> Vec<(String, String)> {
    let records = output.lines().map(serde_json::from_str::<serde_json::Value>);
    let records = records.map(|record| record.expect("each line is JSON"));
    let judgements = records.filter(|record| record["type"] == "judgement");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    judgements.map(|record| (text(&record["solution"]), text(&record["verdict"]))).collect()
}

/// Judges all hostile solutions on `engine` in one run, and says where a verdict is not as expected.
fn unexpected(engine: &str, expected: impl Fn(&::hostile::Hostile) -> &'static str) -> Vec<String> {
    let names: Vec<&str> = ::hostile::all().map(|hostile| hostile.solution.name).collect();
    let mut wrong = Vec::new();
    for _ in 0..runs() {
        let [stdout, stderr] = written(&run(command(engine, &names)));
        let found = verdicts(&stdout);
        assert_eq!(found.len(), names.len(), "{stderr}\n{stdout}");
        for (hostile, (name, verdict)) in ::hostile::all().zip(found) {
            if expected(hostile) != verdict {
                wrong.push(format!("{name}: {verdict}, and not {}", expected(hostile)));
            }
        }
    }
    wrong
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
    assert_eq!(unexpected("controlled", |hostile| hostile.controlled), [""; 0]);
}

#[test]
fn each_gets_its_verdict_on_threads() {
    assert_eq!(unexpected("threads", |hostile| hostile.threads), [""; 0]);
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
    let [stdout, _] = written(&run(command("both", &names)));
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
