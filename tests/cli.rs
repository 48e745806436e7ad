//! The command as a process: what it says, where it says it, and how it ends.

use std::{
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    time::Duration,
};

use assert_cmd::assert::Assert;

mod crawl;
mod formats;
mod new;
mod records;
mod refusals;
mod screens;
mod serve;
mod signals;
mod streams;
mod tls;

/// How long a command may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_mins(2);

/// The command with the arguments in `line`, as if typed in a window of 80 columns, its output
/// going elsewhere. Nothing of the environment of the tests gets through.
fn judge(line: &str) -> Command {
    command(env!("CARGO_BIN_EXE_judge-under-test"), line)
}

/// The same, of a command that knows hostile solutions.
pub(crate) fn hostile(line: &str) -> Command {
    command(env!("CARGO_BIN_EXE_hostile-judge"), line)
}

fn command(program: &str, line: &str) -> Command {
    let mut command = Command::new(program);
    // Help calls the command what the shell called it.
    command.arg0("judge").args(line.split_whitespace());
    command.env_clear().env("COLUMNS", "80").stdin(Stdio::null());
    command.env("XDG_CACHE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
    command
}

/// Runs it to its end.
#[track_caller]
pub(crate) fn run(command: Command) -> Assert {
    assert_cmd::Command::from_std(command).timeout(PATIENCE).assert()
}

/// `text` as it was before it was broken into lines that fit.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What it wrote to stdout, and what to stderr.
pub(crate) fn written(assert: &Assert) -> [String; 2] {
    let output = assert.get_output();
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}
