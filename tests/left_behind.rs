//! After hostile solutions: no process, no file, no memory. And whoever ends the judge ends its worker.

use std::{collections::BTreeSet, fs, process::Command, time::Instant};

use crate::{
    cli::hostile,
    corpus::{CORPUS, Size, entries},
    hostile::command,
};

#[test]
fn nothing_is_left_behind() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let names = ["fork-bomb", "daemon", "writes", "fills-disk", "abort"];
    run_in(&mut command("both", "--time-limit 1s", &names), folder.path());
    assert_eq!(entries(folder.path()), [""; 0], "a file was left behind");
    assert_eq!(CORPUS.litter, [""; 0], "a file was left behind");
    assert!(!std::path::Path::new("/tmp/judge-hostile").exists());
    assert_eq!(workers(), [""; 0], "a worker was left behind");
}

/// More judgements than these, and a supervisor that keeps something of each shows it.
const MANY: usize = 1000;

#[test]
fn the_supervisor_neither_grows_nor_keeps_files_open() {
    let long = CORPUS.courses.iter().filter(|course| course.judgements > MANY);
    let engines: BTreeSet<&str> = long.clone().map(|course| course.batch.engine.name()).collect();
    assert_eq!(Vec::from_iter(engines), ["controlled", "threads"]);
    for course in long {
        // In the first lap it meets everything for the first time.
        let sizes = &course.sizes[course.batch.names.len()..];
        let (early, late) = sizes.split_at(sizes.len() / 2);
        let (before, after) = (least(&early[..10]).kib, least(&late[late.len() - 10..]).kib);
        assert!(after < before + 1024, "it has grown, in KiB: {sizes:?}");
        assert!(least(late).files <= least(early).files, "it keeps files open: {sizes:?}");
    }
}

/// The least of `sizes`: a worker may have been there when the supervisor was looked at, and what it
/// has said, and so many descriptors to it.
fn least(sizes: &[Size]) -> Size {
    let kib = sizes.iter().map(|size| size.kib).min().expect("there is a size");
    Size { kib, files: sizes.iter().map(|size| size.files).min().expect("there is a size") }
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
