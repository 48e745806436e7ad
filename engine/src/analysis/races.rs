//! Data races: two accesses to one cell, at least one of them a write, neither of which happened
//! before the other.
//!
//! For each cell the last write is remembered, and each task's last read since (`FastTrack`, Flanagan
//! and Freund, PLDI 2009): whatever races with an older access races with one of these, or that one
//! with the older.

use std::fmt;

use serde::{Deserialize, Serialize};
use sync::control::{Kind, Note, Op, TaskId};

use super::{
    History,
    happens_before::{Atomics, HappensBefore},
    weak::{WeakPair, weak_pair},
};
use crate::trace::{Place, Step};

/// Two accesses that nothing orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Race {
    /// What they touch: "cell #0", or the harness's log.
    pub on: String,
    /// The one that came first in this execution.
    pub first: Access,
    /// The one that came second.
    pub second: Access,
    /// Two operations on an atomic that would order them, if their orderings were stronger.
    pub weak: Option<WeakPair>,
}

impl fmt::Display for Race {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { on, first, second, .. } = self;
        let [first, second] = [first, second].map(|access| access.tell(on));
        write!(f, "nothing orders two accesses\n  {first}\n  {second}")
    }
}

/// One access of a race.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Who.
    pub task: String,
    /// What it was.
    pub kind: AccessKind,
    /// The number of the step.
    pub step: usize,
    /// Where in the source.
    pub place: Place,
}

impl Access {
    /// The access to what is called `on`, as a sentence: "foo writes cell #0 at relaxed.rs:12 (step 4)".
    pub fn tell(&self, on: &str) -> String {
        let Self { task, step, place, kind } = self;
        match kind {
            AccessKind::Read => format!("{task} reads {on} at {place} (step {step})"),
            AccessKind::Write => format!("{task} writes {on} at {place} (step {step})"),
            AccessKind::Callback => format!("{task} is in its callback (step {step})"),
        }
    }
}

/// What kind of access it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessKind {
    /// A cell is read.
    Read,
    /// A cell is written.
    Write,
    /// A callback of the harness is under way.
    Callback,
}

/// Whether callbacks of the harness must happen one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callbacks {
    /// They may happen at once.
    Free,
    /// Each must happen before the next: they count as writes of one cell.
    Ordered,
}

/// A step that touched a cell.
#[derive(Clone, Copy)]
pub(super) struct Touch {
    pub(super) task: TaskId,
    pub(super) step: usize,
    kind: AccessKind,
    /// The last step of the task that the access reached into.
    until: usize,
}

impl Touch {
    /// The last step of the task that the access reached into.
    pub(super) fn until(&self) -> usize {
        self.until
    }
}

/// What is remembered of a cell.
#[derive(Clone, Default)]
struct Past {
    write: Option<Touch>,
    reads: Vec<Touch>,
}

/// The first race of an execution, if it has one.
pub(crate) fn find_race(history: History<'_>, callbacks: Callbacks) -> Option<Race> {
    let counts = |kind| kind == Kind::Cell || kind == Kind::Log && callbacks == Callbacks::Ordered;
    if !history.resources.iter().any(|name| counts(name.kind)) {
        return None;
    }
    let mut order = HappensBefore::new(history, Atomics::AsWritten);
    let mut cells = vec![Past::default(); history.resources.len()];
    for (index, step, notes) in history.events() {
        order.step(index, step, notes);
        let cell = &mut cells[step.operation.resource as usize];
        if let Some(kind) = access(step).filter(|_| counts(history.kind(step.operation.resource))) {
            let touch = Touch { task: step.task, step: index, kind, until: index };
            if let Some(first) = cell.conflict(&touch, &order) {
                return Some(race(history, first, touch));
            }
            cell.touch(touch);
        }
        for noted in notes {
            if noted.note == Note::Freed && history.kind(noted.resource) == Kind::Cell {
                cells[noted.resource as usize].end(step.task, index);
            }
            order.note(step.task, noted);
        }
    }
    None
}

/// How a step touches a cell, if it does.
fn access(step: &Step) -> Option<AccessKind> {
    match step.operation.op {
        Op::Peek => Some(AccessKind::Read),
        Op::Poke => Some(AccessKind::Write),
        Op::Begin | Op::End => Some(AccessKind::Callback),
        _ => None,
    }
}

impl Past {
    /// An earlier access that did not happen before `touch`, and may not happen beside it.
    fn conflict(&self, touch: &Touch, order: &HappensBefore<'_>) -> Option<Touch> {
        let races = |earlier: &&Touch| {
            earlier.task != touch.task && !order.knows(touch.task, earlier.task, earlier.until)
        };
        let read = || self.reads.iter().filter(|_| touch.kind != AccessKind::Read).find(races);
        self.write.as_ref().filter(races).or_else(read).copied()
    }

    fn touch(&mut self, touch: Touch) {
        self.reads.retain(|read| touch.kind == AccessKind::Read && read.task != touch.task);
        if touch.kind == AccessKind::Read {
            self.reads.push(touch);
        } else {
            self.write = Some(touch);
        }
    }

    /// The access that `task` began last ends, after step number `step`.
    fn end(&mut self, task: TaskId, step: usize) {
        let read = self.reads.iter_mut().find(|read| read.task == task);
        let write = self.write.as_mut().filter(|write| write.task == task);
        if let Some(touch) = read.or(write) {
            touch.until = step;
        }
    }
}

fn race(history: History<'_>, first: Touch, second: Touch) -> Race {
    let tell = |touch: &Touch| Access {
        task: (history.tasks)(touch.task),
        kind: touch.kind,
        step: touch.step,
        place: history.place(touch.step),
    };
    Race {
        on: history.name(history.steps[second.step].operation.resource),
        first: tell(&first),
        second: tell(&second),
        weak: weak_pair(history, &first, &second),
    }
}
