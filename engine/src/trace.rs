//! What happened in an execution, step by step.

mod written;

use std::{fmt, panic::Location};

use serde::{Deserialize, Serialize};
use sync::control::{Kind, Note, Op, TaskId};

use crate::analysis::Ordered;

/// One visible action: what, on what, and where in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What is done.
    pub op: Op,
    /// The resource it acts on, counted from zero in order of first use.
    pub resource: u32,
    /// Where in the source it stands.
    pub place: &'static Location<'static>,
}

/// The number of the resource that stands for time: operations on it touch nothing.
pub(crate) const CLOCK: u32 = 0;

impl Operation {
    /// Whether there is nothing that it could share with another one.
    #[inline]
    pub fn touches_nothing(&self) -> bool {
        self.resource == CLOCK
    }

    /// Whether the order of the two can make a difference: they act on the same resource, and one
    /// of them changes it.
    #[inline]
    pub fn depends_on(&self, other: &Self) -> bool {
        self.resource == other.resource
            && !self.touches_nothing()
            && (self.op.changes() || other.op.changes())
    }
}

/// One chosen task performed one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who.
    pub task: TaskId,
    /// What.
    pub operation: Operation,
}

/// Something that happened within a step, after its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// How many steps had begun: the note belongs to the last of them, and to its task.
    pub after: usize,
    /// What.
    pub note: Note,
    /// With which resource, counted as in [`Operation`].
    pub resource: u32,
}

/// A resource as reports name it: "condvar #1".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Name {
    /// What it is.
    pub kind: Kind,
    /// Which of its kind, counted from zero in order of first use.
    pub number: u32,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Clock | Kind::Log => write!(f, "{}", self.kind),
            _ => write!(f, "{} #{}", self.kind, self.number),
        }
    }
}

/// A source place as reports write it: the file's name and the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    file: &'static str,
    line: u32,
    column: u32,
}

impl Place {
    /// The file, as the compiler calls it.
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The line, counted from one.
    pub const fn line(&self) -> u32 {
        self.line
    }
}

impl From<&'static Location<'static>> for Place {
    fn from(place: &'static Location<'static>) -> Self {
        Self { file: place.file(), line: place.line(), column: place.column() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.file, self.line))
    }
}

/// The file's name and the line.
pub(crate) fn shown(file: &str, line: u32) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    format!("{name}:{line}")
}

/// The steps of one execution, and the names of all that takes part.
///
/// It can be written and read. What is read tells the places of its steps by [`Trace::place`] alone,
/// since no [`Location`] can be made of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "written::Trace", into = "written::Trace")]
pub struct Trace {
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// What the steps did besides, in order.
    pub notes: Vec<Noted>,
    /// The tasks, by number.
    pub tasks: Vec<String>,
    /// The resources, by number.
    pub resources: Vec<Name>,
    /// Where each step stands, if the trace was read.
    pub(crate) places: Vec<Place>,
}

impl Trace {
    /// What reports call `task`.
    pub fn task(&self, task: TaskId) -> &str {
        self.tasks.get(task).map_or("?", String::as_str)
    }

    /// What reports call a resource: nothing if it is time, a task's name if it is one.
    pub fn resource(&self, resource: u32) -> Option<String> {
        let name = self.resources.get(resource as usize)?;
        match name.kind {
            Kind::Clock => None,
            Kind::Task => self.tasks.get(name.number as usize).cloned(),
            _ => Some(name.to_string()),
        }
    }

    /// What is done: "locks mutex #1".
    pub fn action(&self, operation: &Operation) -> String {
        let verb = operation.op.verb();
        match (operation.op, self.resource(operation.resource)) {
            (Op::Begin | Op::End, _) => format!("{verb} a callback"),
            (Op::Start | Op::Quiesce, _) | (_, None) => verb.to_owned(),
            (_, Some(name)) => format!("{verb} {name}"),
        }
    }

    /// Where in the source a step stands.
    pub fn place(&self, step: usize) -> Place {
        let own = || self.steps[step].operation.place.into();
        self.places.get(step).copied().unwrap_or_else(own)
    }

    /// How many stores had replaced the one that step number `step` saw, if that was not the last one.
    pub fn behind(&self, step: usize) -> Option<u32> {
        self.notes_of(step).iter().find_map(|noted| match noted.note {
            Note::Saw(behind) => Some(behind),
            _ => None,
        })
    }

    /// What step number `step` did besides its operation.
    fn notes_of(&self, step: usize) -> &[Noted] {
        // They are in order, and there may be as many as steps: nobody looks at all of them for each.
        let from = self.notes.partition_point(|noted| noted.after <= step);
        let own = self.notes[from..].partition_point(|noted| noted.after <= step + 1);
        &self.notes[from..from + own]
    }

    /// What loads have not seen, one statement a line: "foo's Relaxed load at seen.rs:12 does not see the
    /// Release store at seen.rs:7". Each is said once, and three at the most. Nothing if each load saw the
    /// last store.
    pub fn unseen(&self) -> Vec<String> {
        const MOST: usize = 3;
        let tell = |load: usize| {
            let Step { task, operation } = self.steps[load];
            let ordered = |step: usize| {
                Ordered { op: self.steps[step].operation.op, place: self.place(step) }.to_string()
            };
            let store = (0..load).rev().find(|&step| self.stores(step, operation.resource))?;
            let (task, load, store) = (self.task(task), ordered(load), ordered(store));
            Some(format!("{task}'s {load} does not see the {store}"))
        };
        let loads = self.notes.iter().filter(|noted| matches!(noted.note, Note::Saw(_)));
        let loads = loads.filter_map(|noted| noted.after.checked_sub(1));
        let mut lines = Vec::new();
        for line in loads.filter_map(tell) {
            if !lines.contains(&line) && lines.len() < MOST {
                lines.push(line);
            }
        }
        lines
    }

    /// Whether step number `step` stores in the atomic `resource`.
    fn stores(&self, step: usize, resource: u32) -> bool {
        let Operation { op, resource: on, .. } = self.steps[step].operation;
        let fails = |noted: &Noted| matches!(noted.note, Note::OnlyLoaded(_));
        on == resource && op.changes() && !self.notes_of(step).iter().any(fails)
    }

    /// A step as a sentence: "foo locks mutex #1 at condvar.rs:29".
    pub fn tell(&self, step: &Step) -> String {
        let (task, action) = (self.task(step.task), self.action(&step.operation));
        // Nobody spawns the first task: what stands there is a line of the engine.
        if step.task == 0 && step.operation.op == Op::Start {
            return format!("{task} {action}");
        }
        format!("{task} {action} at {}", Place::from(step.operation.place))
    }
}
