//! What the kernel says about a process, in `/proc`.

use std::{fs, time::Duration};

use rustix::process::Pid;
use syscalls::Sysno;

/// A process or a thread, as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// R: it runs, or could. S: it sleeps. And a few more.
    pub(super) state: char,
    /// The processor time that it has used.
    pub(super) cpu: Duration,
    pub(super) threads: u64,
    /// Whether it is about to end: it has been killed, or exits. It may sleep meanwhile, until the
    /// others of its process have been told.
    pub(super) is_ending: bool,
}

/// `PF_EXITING`, `PF_POSTCOREDUMP`, `PF_DUMPCORE` and `PF_SIGNALED` among the kernel's flags of a
/// thread: it has begun to end, and never goes back.
const ENDING: u64 = 0x4 | 0x8 | 0x200 | 0x400;

/// Clock ticks in a second, as `/proc` counts them on every architecture of ours.
const TICKS: u64 = 100;

/// How `process` stands, all its threads together; `None` if it is gone.
pub(super) fn standing(process: Pid) -> Option<Standing> {
    read(&fs::read_to_string(format!("/proc/{}/stat", process.as_raw_pid())).ok()?)
}

/// How one thread of `process` stands.
pub(super) fn thread_standing(process: Pid, thread: u64) -> Option<Standing> {
    let path = format!("/proc/{}/task/{thread}/stat", process.as_raw_pid());
    read(&fs::read_to_string(path).ok()?)
}

fn read(stat: &str) -> Option<Standing> {
    // The name stands in parentheses and may hold any; what follows the last one is plain.
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    let ticks = number(11)?.checked_add(number(12)?)?;
    let cpu = Duration::from_millis(ticks.saturating_mul(1000 / TICKS));
    let (state, is_ending) = (fields.first()?.chars().next()?, number(6)? & ENDING != 0);
    Some(Standing { state, cpu, threads: number(17)?, is_ending })
}

/// The system call that a thread of `process` is in, if it is in one and the kernel tells.
pub(super) fn call(process: Pid, thread: u64) -> Option<String> {
    let path = format!("/proc/{}/task/{thread}/syscall", process.as_raw_pid());
    let text = fs::read_to_string(path).ok()?;
    name(text.split(' ').next()?.trim().parse().ok()?)
}

/// What the system call number `number` is called.
pub(super) fn name(number: u64) -> Option<String> {
    let call = Sysno::new(usize::try_from(number).ok()?)?;
    Some(call.name().to_owned())
}

/// What a process has that a solution could change for those who come after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Belongings {
    /// How many files are open.
    files: usize,
    /// Which signals are ignored and which are handled.
    signals: Vec<String>,
}

/// What `process` has now.
pub(super) fn belongings(process: Pid) -> Belongings {
    let read = |name: &str| format!("/proc/{}/{name}", process.as_raw_pid());
    let files = fs::read_dir(read("fd")).map_or(0, Iterator::count);
    let status = fs::read_to_string(read("status")).unwrap_or_default();
    let of_signals = |line: &&str| line.starts_with("SigIgn:") || line.starts_with("SigCgt:");
    let signals = status.lines().filter(of_signals).map(str::to_owned).collect();
    Belongings { files, signals }
}

/// The children of this process: those it has started, and those that were left behind below it.
pub(super) fn children() -> Vec<Pid> {
    let mut children = Vec::new();
    for task in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let text = fs::read_to_string(task.path().join("children")).unwrap_or_default();
        let numbers = text.split_whitespace().filter_map(|number| number.parse().ok());
        children.extend(numbers.filter_map(Pid::from_raw));
    }
    children
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Standing, name, read};

    #[test]
    fn a_name_may_hold_parentheses() {
        let stat = "7 (a) b) R 1 7 7 0 -1 4194304 9 0 0 0 250 50 0 0 20 0 3 0 1 2 3";
        let cpu = Duration::from_secs(3);
        let standing = Standing { state: 'R', cpu, threads: 3, is_ending: false };
        assert_eq!(read(stat), Some(standing));
    }

    #[test]
    fn whoever_has_been_killed_is_about_to_end() {
        let stat = "7 (a) D 1 7 7 0 -1 4195328 9 0 0 0 250 50 0 0 20 0 3 0 1 2 3";
        assert!(read(stat).is_some_and(|standing| standing.is_ending));
    }

    #[test]
    fn what_is_cut_off_is_nothing() {
        for text in ["", "7 (a", "7 (a) R 1 2 3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn calls_have_names() {
        let number = u64::try_from(libc::SYS_futex).expect("it is positive");
        assert_eq!(name(number).as_deref(), Some("futex"));
        assert_eq!(name(u64::MAX), None);
    }
}
