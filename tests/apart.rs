//! `judge verify` and `judge replay` run solutions in a worker, too: what dies is told, and the others
//! are verified as if nothing had happened.

use crate::cli::{hostile, run, written};

/// What `judge line` writes to stdout, and its exit code.
fn told(line: &str) -> (String, Option<i32>) {
    let assert = run(hostile(line));
    let [stdout, stderr] = written(&assert);
    (stdout + &stderr, assert.get_output().status.code())
}

/// The verdicts of `judge verify`, in order.
fn verified(names: &[&str], more: &str) -> Vec<String> {
    let names = names.join(" --impl ");
    let options = "--case n1 --format json --stall 300ms";
    let (stdout, _) = told(&format!("verify 1115 --impl {names} {options} {more}"));
    let verdict = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(record["verdict"].as_str()?.to_owned())
    };
    stdout.lines().filter_map(verdict).collect()
}

#[test]
fn whoever_dies_while_it_is_verified_leaves_the_others_alone() {
    let names = ["abort", "upright", "exit-0", "kill-all", "contended"];
    let verdicts = ["aborted", "verified", "exited", "forbidden", "verified"];
    assert_eq!(verified(&names, ""), verdicts);
}

/// The first execution of a search is run twice, and these two are something else the second time. The
/// third holds a lock of std where it has not come to its next operation: a search leaves out all
/// orders but one of steps that are independent as far as `sync` can see. The last one waits for the
/// judge to read what it forges, for longer than it may here if the machine is busy.
const UNLIKE: [&str; 4] = ["static-guard", "rare", "std-held", "forged-endless"];

#[test]
fn whoever_is_verified_gets_the_verdict_that_it_is_judged_with() {
    // An execution that sleeps for ever ends at once. Memory is smaller than a search wants, and as much
    // is printed as a busy machine prints within the stall, three bytes at a time.
    let names: Vec<&str> = ::hostile::all().map(|hostile| hostile.solution.name).collect();
    let found = verified(&names, "--memory 96MiB --output 64KiB --max-time 5s --cores 2");
    assert_eq!(found.len(), names.len());
    let mut other = Vec::new();
    for (hostile, found) in ::hostile::all().zip(&found) {
        let as_listed = match (hostile.controlled, found.as_str()) {
            ("accepted", found) => ["verified", "inconclusive"].contains(&found),
            // A search that meets a loop without a yield in it says that nothing bounds it.
            ("livelock", found) => ["livelock", "inconclusive"].contains(&found),
            // A busy machine may take longer to fill the memory by tasks than the search may take.
            ("out of memory", found) if hostile.solution.name == "memory-tasks" => {
                ["out of memory", "timed out"].contains(&found)
            }
            (listed, found) => listed == found || UNLIKE.contains(&hostile.solution.name),
        };
        if !as_listed {
            other.push(format!("{}: {found}", hostile.solution.name));
        }
    }
    assert_eq!(other, [""; 0]);
}

#[test]
fn a_death_in_a_search_is_told_with_its_last_steps() {
    let (text, code) = told("verify 1115 --impl exit-after --case n1");
    assert_eq!(code, Some(1));
    assert!(text.contains("the process exited with code 0 before it was done"), "{text}");
    assert!(text.contains("bar ends at"), "{text}");
}

#[test]
fn a_replay_that_dies_is_a_verdict_with_the_last_steps() {
    let replay = |name: &str| {
        told(&format!("replay 1115 --impl {name} --case n1 --execution 0 --stall 200ms"))
    };
    for (name, said) in [
        ("abort", "aborted"),
        ("recursion", "stack overflow"),
        ("exit-0", "exited"),
        ("loop", "timed out"),
        ("std-mutex", "in the system call futex"),
        ("fork", "the system call"),
    ] {
        let (text, code) = replay(name);
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains(said) && text.contains("foo starts at"), "{name}: {text}");
        // Nobody spawns the first task: there is no line of the program to name.
        assert!(!text.contains("main starts at"), "{name}: {text}");
    }
    let (text, code) = replay("upright");
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn limits_can_be_given_to_both() {
    let (text, _) = told("verify 1115 --impl flood-once --case n1 --output 4KiB");
    assert!(text.contains("more was printed than 4,096 bytes"), "{text}");
    let line = "replay 1115 --impl memory-pieces --case n1 --execution 0 --memory 64MiB";
    let (text, _) = told(line);
    assert!(text.contains("more memory was wanted than 64 MiB"), "{text}");
}
