//! Hostile solutions: each costs its own verdict, and nothing else.
//!
//! `JUDGE_HOSTILE_RUNS=1000 cargo test -p tests --test tests hostile` runs each so many times.

use std::{
    env, fs,
    io::{self, BufRead},
    process::Command,
    time::Instant,
};

use crate::cli::{hostile, run, written};

/// How many executions each is given: enough to come to its deed, and few enough to be quick.
const EXECUTIONS: u32 = 20;

/// How often each is run, here, and by whoever asks for more.
fn runs() -> usize {
    env::var("JUDGE_HOSTILE_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(1)
}

/// A run of all hostile solutions whose verdict on `engine` is looked at.
fn command(engine: &str, names: &[&str]) -> Command {
    let options = format!("--iters {EXECUTIONS} --engine {engine} --format json --time-limit 1s");
    let mut command = hostile(&format!("run 1115 {options} --case n1 --memory 192MiB"));
    command.args(names.iter().flat_map(|name| ["--impl", name]));
    command
}

/// The verdicts of a run, by solution.
fn verdicts(output: &str) -> Vec<(String, String)> {
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

#[test]
fn nothing_is_left_behind() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut command = command("both", &["fork-bomb", "daemon", "writes", "fills-disk", "abort"]);
    run_in(&mut command, folder.path());
    let entries = fs::read_dir(folder.path()).expect("it can be read").count();
    assert_eq!(entries, 0, "a file was left behind");
    assert!(!std::path::Path::new("/tmp/judge-hostile").exists());
    assert_eq!(workers(), [""; 0], "a worker was left behind");
}

#[test]
fn the_supervisor_neither_grows_nor_keeps_files_open() {
    let kinds =
        ["abort", "exit-0", "null", "panic", "escapes", "upright", "whisper", "fork", "exec"];
    let all = ::hostile::all().map(|hostile| hostile.solution.name);
    let slow = |name: &&str| {
        ["stop", "memory", "thread-bomb", "std-", "pipe", "deaf"]
            .iter()
            .any(|slow| name.starts_with(slow))
    };
    let names: Vec<&str> =
        kinds.into_iter().chain(all.filter(|name| !slow(name)).take(50)).collect();
    let mut command = command("controlled", &names);
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    let stdout = child.stdout.take().expect("stdout is a pipe");
    let mut sizes = Vec::new();
    for line in io::BufReader::new(stdout).lines() {
        let line = line.expect("it is text");
        if line.contains("\"judgement\"") {
            sizes.push(size(child.id()));
        }
    }
    child.wait().expect("it ends");
    // A worker or two may have been there when it was looked at, with descriptors to each. So of
    // memory the least of ten counts, and of files, which come and go, the least of one half.
    let least = |sizes: &[(u64, usize)]| {
        let (memory, files) = (sizes.iter().map(|size| size.0), sizes.iter().map(|size| size.1));
        (memory.min().unwrap_or_default(), files.min().unwrap_or_default())
    };
    assert!(sizes.len() > 40, "{sizes:?}");
    // The last may have been looked at when it was gone.
    sizes.pop();
    let (early, late) = sizes.split_at(sizes.len() / 2);
    let (before, after) = (least(&early[..10]).0, least(&late[late.len() - 10..]).0);
    let (few, files) = (least(early).1, least(late).1);
    assert!(after < before + 1024, "it has grown, in KiB: {sizes:?}");
    assert!(files <= few, "it keeps files open: {sizes:?}");
}

/// How many KiB of memory process number `process` has, and how many open files.
fn size(process: u32) -> (u64, usize) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    let kib = line.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default();
    (kib, fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count))
}

/// Runs `command` in `folder`, which it has for temporary files as well.
fn run_in(command: &mut Command, folder: &std::path::Path) {
    let output = command.current_dir(folder).env("TMPDIR", folder).output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Workers that nobody waits for: their parent is init, or whoever adopts orphans here.
fn workers() -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").expect("it can be read").flatten() {
        let read = |name: &str| fs::read_to_string(entry.path().join(name)).unwrap_or_default();
        let line = read("cmdline");
        let words: Vec<&str> = line.split('\0').collect();
        if let ["/proc/self/exe", "worker", supervisor, ..] = words[..]
            && !std::path::Path::new("/proc").join(supervisor).exists()
        {
            found.push(line.replace('\0', " "));
        }
    }
    found
}

/// Judges `name` under control, and gives what is said, and for how long it took, in seconds.
fn told(name: &str) -> (String, f64) {
    let began = Instant::now();
    let line = format!("run 1115 --impl {name} --engine controlled --case n1 --iters 20");
    let [stdout, _] = written(&run(hostile(&line)));
    (stdout, began.elapsed().as_secs_f64())
}

#[test]
fn what_waits_outside_of_sync_is_told_with_the_system_call_and_what_to_use() {
    let (text, _) = told("std-mutex");
    assert!(text.contains("outside of sync, in the system call futex"), "{text}");
    assert!(text.contains("use those of sync"), "{text}");
    let (text, _) = told("std-sleep");
    assert!(text.contains("in the system call clock_nanosleep"), "{text}");
}

#[test]
fn a_death_is_told_with_the_steps_before_it_and_what_was_printed() {
    let (text, _) = told("escapes");
    assert!(text.contains("aborted in execution 0 of case n1"), "{text}");
    assert!(text.contains("the last steps:"), "{text}");
    assert!(text.contains("\\u{1b}[2J"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let (text, _) = told("panic-twice");
    assert!(text.contains("the last panic was at panics.rs"), "{text}");
}

/// Where controlled schedulers go wrong, each with what is meant to come of it: a bare spin loop, a
/// panic with a guard held or inside a drop, primitives of std, a thread-local destructor that uses a
/// channel, an order that a hash map decides, a frame of many megabytes, a detached task, and a right
/// program that looks unfair.
const HAZARDS: [&str; 11] = [
    "std-spin",
    "std-spin-hint",
    "sync-spin",
    "panic-guard",
    "panic-drop",
    "std-mutex",
    "thread-local",
    "hash-order",
    "frame",
    "detached",
    "unfair",
];

#[test]
fn where_controlled_schedulers_go_wrong_the_verdict_is_right_within_five_seconds() {
    let line = "run 1115 --engine controlled --case n1 --iters 100 --format json";
    let mut command = hostile(line);
    command.args(HAZARDS.iter().flat_map(|name| ["--impl", name]));
    let [stdout, _] = written(&run(command));
    let expected = |name: &str| {
        let hostile = ::hostile::all().find(|hostile| hostile.solution.name == name);
        hostile.expect("it is one of them").controlled.to_owned()
    };
    for (name, verdict) in verdicts(&stdout) {
        assert_eq!(verdict, expected(&name), "{name}");
    }
    for line in stdout.lines().filter(|line| line.contains("\"seconds\"")) {
        let record: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let seconds = record["seconds"].as_f64().expect("it is a number");
        assert!(seconds < 5.0, "{} took {seconds} s", record["solution"]);
    }
}

/// Starts a run that hangs for a day unless it is ended, and gives it with its worker.
#[expect(clippy::zombie_processes, reason = "whoever asked for it waits for it")]
fn hanging() -> (std::process::Child, rustix::process::Pid) {
    let options = "--engine controlled --stall 86400s --format json";
    let mut command = hostile(&format!("run 1115 --impl loop --impl upright {options}"));
    let child = command.stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    let children = format!("/proc/{0}/task/{0}/children", child.id());
    loop {
        // It has begun when its worker uses a processor, and what a worker is called tells which.
        let text = fs::read_to_string(&children).expect("it runs");
        let worker = text.trim().parse().ok().and_then(rustix::process::Pid::from_raw);
        let works = |worker: &rustix::process::Pid| {
            let stat = fs::read_to_string(format!("/proc/{}/stat", worker.as_raw_pid()));
            let ticks = |stat: &str| stat.split(' ').nth(13)?.parse::<u64>().ok();
            stat.is_ok_and(|stat| ticks(&stat).is_some_and(|ticks| ticks > 10))
        };
        if let Some(worker) = worker.filter(works) {
            return (child, worker);
        }
        std::thread::yield_now();
    }
}

/// Whether `worker` is gone, or will be by the time somebody looks again.
fn is_gone(worker: rustix::process::Pid) -> bool {
    let began = Instant::now();
    while began.elapsed().as_secs() < 10 {
        if !std::path::Path::new(&format!("/proc/{}/stat", worker.as_raw_pid())).exists() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

#[test]
fn ctrl_c_ends_a_solution_that_hangs_with_a_summary() {
    use rustix::process::{Pid, Signal, kill_process};
    let (child, worker) = hanging();
    kill_process(Pid::from_child(&child), Signal::INT).expect("it still runs");
    let output = child.wait_with_output().expect("it ends");
    let last = String::from_utf8_lossy(&output.stdout).lines().last().map(str::to_owned);
    let end = r#"{"type":"end","accepted":0,"rejected":0,"inconclusive":1}"#;
    assert_eq!((output.status.code(), last.as_deref()), (Some(130), Some(end)));
    assert!(is_gone(worker));
}

#[test]
fn a_second_ctrl_c_ends_it_at_once() {
    use rustix::process::{Pid, Signal, kill_process};
    let (mut child, worker) = hanging();
    let pid = Pid::from_child(&child);
    let status = loop {
        // Two that come together are one: more are sent until it is gone.
        let _ = kill_process(pid, Signal::INT);
        if let Some(status) = child.try_wait().expect("it is ours") {
            break status;
        }
        std::thread::yield_now();
    };
    assert_eq!(status.code(), Some(130));
    assert!(is_gone(worker));
}

#[test]
fn a_judge_that_is_killed_takes_its_worker_along() {
    let (mut child, worker) = hanging();
    child.kill().expect("it still runs");
    child.wait().expect("it has ended");
    assert!(is_gone(worker));
}
