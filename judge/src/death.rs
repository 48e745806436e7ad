//! A worker that died of a solution, or had to be ended: what the judge says of it, and by what
//! evidence.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::number::grouped;

/// The end of a worker that was judging.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Death {
    /// What it died of.
    pub cause: Cause,
    /// The last panic of a task before.
    pub panic: Option<String>,
    /// The last steps, where they could be had: the last one last.
    pub steps: Vec<String>,
    /// The last lines that it printed.
    pub output: Vec<String>,
    /// Whether it dies again when the same execution is run alone, if that was tried.
    pub repeats: Option<bool>,
}

/// What a worker dies of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// It aborted: a panic that could not unwind, or a call of `abort`.
    Aborted,
    /// A stack was used up.
    StackOverflow,
    /// A signal ended it.
    Signal(String),
    /// It exited with this code.
    Exited(i32),
    /// It wanted more memory than so many bytes.
    OutOfMemory(u64),
    /// It had more than so many threads.
    TooManyThreads(u64),
    /// It printed more than so many bytes.
    TooMuchOutput(u64),
    /// It did what a solution may not do: this system call.
    Forbidden(String),
    /// It wrote where the judge talks to itself.
    Meddled,
    /// It asked the judge to stop, by SIGINT.
    Interrupted,
    /// Under control, it waits for something that nobody controls.
    Uncontrolled(Wait),
    /// Under control, it runs for so long and comes to no operation.
    Spins(Duration),
    /// An execution took longer than it may; whether it was at work or idle.
    Late(Duration, Business),
    /// All executions together took more processor time than they may, in seconds.
    CpuTime(u64),
}

/// What a thread that takes too long is up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Business {
    /// It uses a processor.
    Works,
    /// It waits.
    Waits,
}

/// What somebody waits for outside `sync`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The system call, where the kernel tells it.
    pub call: Option<String>,
    /// For how long it has waited.
    pub since: Duration,
}

impl Death {
    /// What the verdict is called.
    pub fn name(&self) -> &'static str {
        match self.cause {
            Cause::Aborted => "aborted",
            Cause::StackOverflow => "stack overflow",
            Cause::Signal(_) | Cause::Interrupted => "crashed",
            Cause::Exited(_) => "exited",
            Cause::OutOfMemory(_) => "out of memory",
            Cause::TooManyThreads(_) => "too many threads",
            Cause::TooMuchOutput(_) => "too much output",
            Cause::Forbidden(_) | Cause::Meddled => "forbidden",
            Cause::Uncontrolled(_) => "uncontrolled",
            Cause::Spins(_) | Cause::Late(..) | Cause::CpuTime(_) => "timed out",
        }
    }

    /// What is wrong, one statement a line.
    pub fn explain(&self) -> Vec<String> {
        let mut lines = self.cause.explain();
        if let Some(panic) = &self.panic {
            lines.push(format!("the last panic was {panic}"));
        }
        if self.repeats == Some(false) {
            lines.push("run alone the execution does no harm: one before it did".to_owned());
        }
        section(&mut lines, "the last steps:", &self.steps);
        section(&mut lines, "the last lines that it printed:", &self.output);
        lines
    }
}

fn section(lines: &mut Vec<String>, heading: &str, content: &[String]) {
    if !content.is_empty() {
        lines.push(heading.to_owned());
        lines.extend(content.iter().map(|line| format!("  {line}")));
    }
}

impl Cause {
    fn explain(&self) -> Vec<String> {
        let own = |line: &str| vec![line.to_owned()];
        match self {
            Self::Aborted => own("the process aborted: abort was called, or a panic met a panic"),
            Self::StackOverflow => vec![
                "a stack was used up: endless recursion, or a frame of many kilobytes".to_owned(),
                "under control a task has 256 KiB, on OS threads 2 MiB".to_owned(),
            ],
            Self::Signal(signal) => vec![format!("the process was ended by {signal}")],
            Self::Exited(code) => vec![
                format!("the process exited with code {code} before it was done"),
                "a solution returns; it never ends the process".to_owned(),
            ],
            Self::OutOfMemory(limit) => vec![
                format!("more memory was wanted than {} MiB", grouped(limit >> 20)),
                "another limit can be given with --memory".to_owned(),
            ],
            Self::TooManyThreads(limit) => vec![format!(
                "there were more than {limit} threads; another limit can be given with --threads"
            )],
            Self::TooMuchOutput(limit) => vec![format!(
                "more was printed than {} bytes; another limit can be given with --output",
                grouped(*limit)
            )],
            Self::Forbidden(call) => vec![
                format!("the system call {call} is not for solutions"),
                "they start no programs, signal nobody, and reach for no file and no network"
                    .to_owned(),
            ],
            Self::Meddled => own("it wrote to a file that it had not opened: the judge's own"),
            Self::Interrupted => own("it sent itself SIGINT, which asks the judge to stop"),
            Self::Uncontrolled(wait) => wait.explain(),
            Self::Spins(time) => vec![
                format!("a task runs since {} and comes to no operation of sync", seconds(*time)),
                "a loop that waits must look at an atomic of sync, or call sync::hint::spin_loop"
                    .to_owned(),
            ],
            Self::Late(limit, business) => vec![format!(
                "an execution took longer than {}, and {}; another limit can be given with \
                 --time-limit",
                seconds(*limit),
                match business {
                    Business::Works => "was at work",
                    Business::Waits => "was idle",
                }
            )],
            Self::CpuTime(limit) => vec![format!(
                "all executions together took more than {limit} s of processor time; another limit \
                 can be given with --cpu-time"
            )],
        }
    }
}

impl Wait {
    fn explain(&self) -> Vec<String> {
        let since = seconds(self.since);
        let call = self.call.as_deref();
        let place = call.map(|call| format!(", in the system call {call}")).unwrap_or_default();
        vec![
            format!("a task waited {since} outside of sync{place}"),
            instead(call.unwrap_or_default()).to_owned(),
        ]
    }
}

/// What to use instead of what ends in `call`.
fn instead(call: &str) -> &'static str {
    match call {
        "futex" | "futex_wait" => {
            "a lock, a channel or a join of std, or of another crate: use those of sync"
        }
        "nanosleep" | "clock_nanosleep" => {
            "it sleeps: use sync::thread::sleep, or better, wait for what it sleeps for"
        }
        "poll" | "ppoll" | "epoll_wait" | "epoll_pwait" | "select" | "pselect6" => {
            "a runtime or input from outside: use sync's tasks and futures"
        }
        "read" | "readv" | "recvfrom" | "recvmsg" | "accept" | "accept4" | "connect" => {
            "it waits for input, and there is none: a solution has its arguments alone"
        }
        _ => "the controlled engine sees sync's primitives alone: use those",
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Cause, Death, Wait};

    fn death(cause: Cause) -> Death {
        let (panic, steps, output) = (None, Vec::new(), Vec::new());
        Death { cause, panic, steps, output, repeats: None }
    }

    #[test]
    fn what_waits_outside_is_told_what_to_use_instead() {
        let wait = Wait { call: Some("futex".to_owned()), since: Duration::from_secs(1) };
        let lines = death(Cause::Uncontrolled(wait)).explain();
        assert_eq!(lines[0], "a task waited 1.0 s outside of sync, in the system call futex");
        assert!(lines[1].ends_with("use those of sync"), "{lines:?}");
    }

    #[test]
    fn evidence_is_told_after_the_cause() {
        let output = vec!["foo".to_owned()];
        let lines = Death { output, repeats: Some(false), ..death(Cause::Aborted) }.explain();
        assert_eq!(lines[2..], ["the last lines that it printed:", "  foo"]);
    }
}
