//! Deadlocks in words: one statement a line.

use engine::{analysis::Cause, outcome::Blocked};
use sync::control::Op;

/// What a deadlock is, if that can be told, and what those wait for of whom nothing is said yet.
pub(crate) fn deadlock(blocked: &[Blocked], cause: Option<&Cause>) -> Vec<String> {
    let mut lines = cause.map(Cause::lines).unwrap_or_default();
    let is_told = |blocked: &&Blocked| cause.is_some_and(|cause| cause.explains(blocked.task));
    let rest = blocked.iter().filter(|blocked| !only_joins(blocked) && !is_told(blocked));
    lines.extend(rest.map(Blocked::to_string));
    lines
}

/// Whether this is the harness, which waits for the calls and is none of the solution's.
pub(crate) fn only_joins(blocked: &Blocked) -> bool {
    let joins = |wait: &engine::outcome::Wait| wait.op == Op::Join;
    blocked.task == 0 && blocked.wait.as_ref().is_some_and(joins)
}
