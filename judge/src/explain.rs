//! Deadlocks in words, without the harness.

use engine::{
    analysis::{self, Cause},
    outcome::{Blocked, Wait},
};
use sync::control::Op;

/// What a deadlock is, if that can be told, and what those wait for of whom nothing is said yet.
pub(crate) fn deadlock(blocked: &[Blocked], cause: Option<&Cause>) -> Vec<String> {
    analysis::deadlock(blocked.iter().filter(|blocked| !only_joins(blocked)), cause)
}

/// Whether this is the harness, which waits for the calls and is none of the solution's.
pub(crate) fn only_joins(blocked: &Blocked) -> bool {
    let joins = |wait: &Wait| wait.op == Op::Join;
    blocked.task == 0 && blocked.wait.as_ref().is_some_and(joins)
}
