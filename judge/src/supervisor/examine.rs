//! What holds on this machine, by trying it.

use std::{
    fs,
    time::{Duration, Instant},
};

use super::{Guard, SupervisorError, kernel, process::Worker};
use crate::{Site, worker::confinement::Hold};

/// Something that protects the judge, and whether it does here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) what: &'static str,
    pub(crate) holds: bool,
    pub(crate) detail: String,
}

/// Starts a worker as `guard` says, and looks at it.
pub(crate) fn examine(guard: &Guard) -> Result<Vec<Finding>, SupervisorError> {
    let began = Instant::now();
    let worker = Worker::start(guard, Site::Model)?;
    let took = format!("starts in {:.1} ms", began.elapsed().as_secs_f64() * 1000.0);
    let hold =
        |what, hold: &Hold| Finding { what, holds: *hold == Hold::Full, detail: hold.to_string() };
    let strength = worker.strength();
    let (landlock, seccomp) = (&strength.landlock, &strength.seccomp);
    let mut findings = vec![
        Finding { what: "a process for solutions", holds: true, detail: took },
        hold("files: Landlock", landlock),
        hold("system calls: seccomp", seccomp),
        limits(&worker, guard),
        told(&worker),
        stragglers(&worker),
    ];
    findings.extend(cores());
    Ok(findings)
}

/// Whether the kernel has taken the limits.
fn limits(worker: &Worker, guard: &Guard) -> Finding {
    let path = format!("/proc/{}/limits", worker.pid().as_raw_pid());
    let text = fs::read_to_string(path).unwrap_or_default();
    let has = |name: &str, most: u64| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let soft = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        soft == Some(most)
    };
    let holds = has("Max data size", guard.memory)
        && has("Max open files", guard.files)
        && has("Max core file size", 0)
        && has("Max file size", 0);
    let detail = format!("{} MiB, {} files, no cores", guard.memory >> 20, guard.files);
    Finding { what: "limits of the kernel", holds, detail }
}

/// Whether the kernel tells what a thread waits in.
fn told(worker: &Worker) -> Finding {
    let pid = worker.pid();
    let thread = u64::from(pid.as_raw_pid().unsigned_abs());
    // It has just said that it is ready, and may not have come to wait for a job yet.
    let call = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(1));
        kernel::call(pid, thread)
    });
    let holds = kernel::standing(pid).is_some() && call.is_some();
    let detail = match call {
        Some(call) => format!("it is in {call}"),
        None => "a verdict cannot name the system call".to_owned(),
    };
    Finding { what: "where a task waits: /proc", holds, detail }
}

/// Whether what a worker leaves behind can be found.
fn stragglers(worker: &Worker) -> Finding {
    let holds = kernel::children().contains(&worker.pid());
    let detail = "all that a worker leaves is ended".to_owned();
    Finding { what: "stragglers: /proc", holds, detail }
}

/// A core pattern that starts a program is started in spite of the limit.
fn cores() -> Option<Finding> {
    let pattern = fs::read_to_string("/proc/sys/kernel/core_pattern").ok()?;
    let detail = format!("each crash starts {}", pattern.trim_start_matches('|').trim());
    pattern.starts_with('|').then_some(Finding { what: "cores", holds: false, detail })
}
