//! Why a race is one: the operations on an atomic that would have ordered the two accesses, had
//! their orderings been stronger.

use std::fmt;

use serde::{Deserialize, Serialize};
use sync::control::{Kind, Op, TaskId};

use super::{
    History,
    happens_before::{Atomics, HappensBefore, actual},
    races::Touch,
};
use crate::trace::Place;

/// A store, and the load that saw it without seeing what the storing task had done before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeakPair {
    /// What was stored: by a store or an update.
    pub store: Ordered,
    /// What was loaded: by a load or an update.
    pub load: Ordered,
}

/// An operation on an atomic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// What it was, and with which ordering.
    pub op: Op,
    /// Where in the source.
    pub place: Place,
}

impl Ordered {
    /// "Relaxed store", "Acquire load".
    pub fn what(&self) -> String {
        let what = if self.op.is_load() {
            "load"
        } else if self.op.is_store() {
            "store"
        } else {
            "update"
        };
        format!("{} {what}", self.op.ordering())
    }
}

impl fmt::Display for Ordered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.what(), self.place)
    }
}

/// Who wrote an atomic last.
#[derive(Clone, Copy)]
struct Writer {
    task: TaskId,
    step: usize,
    op: Op,
    /// Whether the first access was before, if orderings were strong.
    is_later: bool,
}

/// A pair on the way from the first access to the second.
#[derive(Clone, Copy)]
struct Found {
    writer: Writer,
    /// The step that loads, and what it came to.
    load: usize,
    op: Op,
    /// Whether it is the task of the second access that loads: such a pair says most.
    reaches: bool,
}

/// The last pair that would order `second` after `first`, if every ordering were strong; `None` if
/// nothing would.
pub(super) fn weak_pair(history: History<'_>, first: &Touch, second: &Touch) -> Option<WeakPair> {
    let mut written = HappensBefore::new(history, Atomics::AsWritten);
    let mut strong = HappensBefore::new(history, Atomics::Strong);
    let mut writers: Vec<Option<Writer>> = vec![None; history.resources.len()];
    let mut pair = None;
    for (index, step, notes) in history.events().take(second.step) {
        let (task, operation) = (step.task, step.operation);
        written.step(index, step, notes);
        strong.step(index, step, notes);
        if history.kind(operation.resource) == Kind::Atomic && operation.op != Op::Await {
            let op = actual(operation.op, operation.resource, notes);
            let writer = &mut writers[operation.resource as usize];
            let makes_no_edge = |writer: &Writer| {
                let is_strong = writer.op.releases() && op.acquires();
                writer.is_later && writer.task != task && !op.is_store() && !is_strong
            };
            if let Some(writer) = writer.filter(makes_no_edge)
                && !written.knows(task, first.task, first.until())
            {
                let found = Found { writer, load: index, op, reaches: task == second.task };
                if !pair.is_some_and(|pair: Found| pair.reaches && !found.reaches) {
                    pair = Some(found);
                }
            }
            if !op.is_load() {
                let is_later = strong.knows(task, first.task, first.until());
                *writer = Some(Writer { task, step: index, op, is_later });
            }
        }
        for noted in notes {
            written.note(task, noted);
            strong.note(task, noted);
        }
    }
    let would_order = strong.knows(second.task, first.task, first.until());
    pair.filter(|_| would_order).map(|Found { writer, load, op, .. }| WeakPair {
        store: Ordered { op: writer.op, place: history.place(writer.step) },
        load: Ordered { op, place: history.place(load) },
    })
}
