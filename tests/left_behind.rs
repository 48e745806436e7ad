//! After hostile solutions: no process, no file, no memory. And whoever ends the judge ends its worker.

use std::{
    fs,
    io::{self, BufRead},
    process::Command,
    time::Instant,
};

use crate::{cli::hostile, hostile::command};

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
