//! What happened in an execution, step by step.

use std::{fmt, panic::Location};

use sync::control::{Kind, Note, Op, TaskId};

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

/// One chosen task performed one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who.
    pub task: TaskId,
    /// What.
    pub operation: Operation,
}

/// Something that happened within a step, after its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// How many steps had begun: the note belongs to the last of them, and to its task.
    pub after: usize,
    /// What.
    pub note: Note,
    /// With which resource, counted as in [`Operation`].
    pub resource: u32,
}

/// A resource as reports name it: "condvar #1".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(pub &'static Location<'static>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.0.file();
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        write!(f, "{name}:{}", self.0.line())
    }
}

/// The steps of one execution, and the names of all that takes part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// What the steps did besides, in order.
    pub notes: Vec<Noted>,
    /// The tasks, by number.
    pub tasks: Vec<String>,
    /// The resources, by number.
    pub resources: Vec<Name>,
}
