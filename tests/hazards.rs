//! Where controlled schedulers go wrong: a test for each way, with the programs of `tests/hostile/` that
//! show it. Each must have its verdict within five seconds.

use crate::{
    cli::{hostile, run, written},
    hostile::verdicts,
};

/// How long a judgement may take, in seconds.
const MOST: f64 = 5.0;

/// Judges solutions under control: each must get the verdict that it is listed with.
#[track_caller]
fn are_told(names: &[&str]) {
    let mut command = hostile("run 1115 --engine controlled --case n1 --iters 100 --format json");
    command.args(names.iter().flat_map(|name| ["--impl", name]));
    let [stdout, stderr] = written(&run(command));
    let found = verdicts(&stdout);
    assert_eq!(found.len(), names.len(), "{stderr}");
    for (name, verdict) in found {
        let listed = ::hostile::all().find(|hostile| hostile.solution.name == name);
        assert_eq!(verdict, listed.expect("it is one of them").controlled, "{name}");
    }
    for line in stdout.lines().filter(|line| line.contains("\"seconds\"")) {
        let record: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let seconds = record["seconds"].as_f64().expect("it is a number");
        assert!(seconds < MOST, "{} took {seconds} s", record["solution"]);
    }
}

#[test]
fn spin_loops_and_livelocks() {
    are_told(&["sync-spin", "spin-mutual", "std-spin", "std-spin-hint", "std-spin-yield"]);
}

#[test]
fn heuristics_for_spinning_that_clash_with_blocking() {
    are_told(&["spins", "spins-hint", "spins-yield"]);
}

#[test]
fn unfair_strategies_that_hang_correct_code() {
    are_told(&["unfair", "contended"]);
}

#[test]
fn spurious_wakeups() {
    are_told(&["spurious"]);
}

#[test]
fn timeouts() {
    are_told(&["timeout", "sync-sleep"]);
}

#[test]
fn panics_with_locks_held_and_in_drop() {
    are_told(&["panic-guard", "panic-drop", "panic-twice", "panic-bomb", "caught-panic"]);
}

#[test]
fn panics_that_are_expected() {
    are_told(&["expected-panic"]);
}

#[test]
fn thread_locals_with_coroutines() {
    are_told(&["thread-local"]);
}

#[test]
fn coroutine_stacks() {
    are_told(&["frame", "recursion", "drop-deep", "large"]);
}

#[test]
fn uninstrumented_blocking() {
    are_told(&["std-mutex", "std-condvar", "std-recv", "std-join", "own-runtime"]);
}

#[test]
fn uncontrolled_nondeterminism() {
    are_told(&["static", "clock", "hash-order", "hash-spawns"]);
}

#[test]
fn locks_that_a_scheduler_meets_again() {
    are_told(&["std-held", "stdout-held", "std-uncontended"]);
}

#[test]
fn daemons_and_detached_threads() {
    are_told(&["detached", "detached-spin", "detached-task", "own-helpers"]);
}

#[test]
fn semantics_of_primitives() {
    are_told(&["try-lock", "park-token", "readers", "rendezvous", "sync-deadlock"]);
}

#[test]
fn an_api_that_is_missing() {
    are_told(&["wait-while"]);
}

/// Weak memory: an order that rests on `Relaxed` is told, although loads see the last store, unless it is
/// asked that they see older ones.
#[test]
fn weak_memory() {
    are_told(&["published"]);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let judged = |line: &str| {
        let mut command = hostile(line);
        command.env("XDG_CACHE_HOME", folder.path());
        written(&run(command))
    };
    let found = "run 1115 --engine controlled --impl published --case n1 --weak-memory";
    let [stdout, _] = judged(found);
    for told in ["panicked in execution", "loads atomic #1 (older)", "1 older store"] {
        assert!(stdout.contains(told), "{told}: {stdout}");
    }
    let handle = stdout.split_whitespace().find(|word| word.starts_with("1115-published-"));
    let [again, _] = judged(&format!("replay {}", handle.expect("it is kept")));
    assert!(again.contains("loads atomic #1 (older)"), "{again}");
    let searched = "verify 1115 --impl published --case n1";
    assert!(judged(searched)[0].contains("1 verified"));
    assert!(judged(&format!("{searched} --weak-memory"))[0].contains("1 rejected"));
    let line = "run 1115 --engine controlled --impl relaxed-store --format json";
    let [stdout, _] = written(&run(hostile(line)));
    let verdict = ("relaxed-store".to_owned(), "data race".to_owned());
    assert_eq!(verdicts(&stdout), [verdict]);
}

/// Checkpoints that rot: what is found is replayed by its handle, and found again.
#[test]
fn records_that_rot() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let judged = |line: &str| {
        let mut command = hostile(line);
        command.env("XDG_CACHE_HOME", folder.path());
        written(&run(command))
    };
    let [report, _] = judged("run 1115 --engine controlled --case n1 --impl panic-guard");
    let handle = report.lines().find_map(|line| line.strip_prefix("  judge replay "));
    let [replayed, _] = judged(&format!("replay {}", handle.expect("it has a handle")));
    for text in [report, replayed] {
        assert!(text.contains("foo panicked at panics.rs"), "{text}");
    }
}
