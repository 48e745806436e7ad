//! Signals end a run that would take hours, and it says what it knows.

use std::{
    io::{BufRead, BufReader, Read},
    process::Stdio,
    sync::mpsc,
    thread,
};

use rustix::process::{Pid, Signal, kill_process};

use super::{PATIENCE, judge};

/// Sends `signal` to a run that has begun; gives its exit code, and the last line it writes.
#[track_caller]
fn ended_by(signal: Signal) -> (Option<i32>, String) {
    let mut command = judge("run 1115 --engine controlled --iters 1_000_000_000 --format json");
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    let mut start = String::new();
    // Signals are listened to before the first line is written.
    stdout.read_line(&mut start).expect("the first line is text");
    assert!(start.contains("\"start\""), "{start}");
    kill_process(Pid::from_child(&child), signal).expect("it still runs");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut rest = String::new();
        let read = stdout.read_to_string(&mut rest);
        sender.send(read.map(|_| rest)).expect("somebody waits for it");
    });
    let Ok(rest) = receiver.recv_timeout(PATIENCE) else {
        child.kill().expect("it still runs");
        panic!("the signal did not end it");
    };
    let last = rest.expect("the rest is text").lines().next_back().unwrap_or_default().to_owned();
    (child.wait().expect("it has ended").code(), last)
}

#[test]
fn sigint_ends_a_run_with_a_summary() {
    let end = r#"{"type":"end","accepted":0,"rejected":0,"inconclusive":1}"#;
    assert_eq!(ended_by(Signal::INT), (Some(130), end.to_owned()));
}

#[test]
fn sigterm_ends_a_run_with_a_summary() {
    let end = r#"{"type":"end","accepted":0,"rejected":0,"inconclusive":1}"#;
    assert_eq!(ended_by(Signal::TERM), (Some(143), end.to_owned()));
}
