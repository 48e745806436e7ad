//! What an execution shows to those who look at it when it is over: data races, and why nobody could
//! move.
//!
//! Nothing is kept for this while an execution runs but its steps and its notes. Whether a trace has
//! a race depends on its interleaving class alone, so it is enough to look at each class once.

mod cause;
mod clocks;
mod happens_before;
mod held;
mod holdings;
mod races;
mod visible;
mod wait_for;
mod wake_up;
mod weak;
mod words;

use sync::control::{Kind, TaskId};

pub(crate) use self::{
    cause::Stuck,
    races::find_race,
    visible::{Seen, Stores},
};
pub use self::{
    cause::{Cause, Link, Loss},
    holdings::Holdings,
    races::{Access, AccessKind, Callbacks, Race},
    weak::{Ordered, WeakPair},
    words::deadlock,
};
use crate::trace::{Name, Noted, Operation, Place, Step};

/// An execution so far.
#[derive(Clone, Copy)]
pub(crate) struct History<'a> {
    pub(crate) steps: &'a [Step],
    pub(crate) notes: &'a [Noted],
    pub(crate) resources: &'a [Name],
    /// The tasks' names, by number.
    pub(crate) tasks: &'a dyn Fn(TaskId) -> String,
    /// How many tasks there are.
    pub(crate) size: usize,
    /// Whether loads may see older stores.
    pub(crate) is_weak: bool,
}

impl<'a> History<'a> {
    fn kind(&self, resource: u32) -> Kind {
        self.resources[resource as usize].kind
    }

    /// The steps in order, each with its number and its notes.
    fn events(&self) -> impl Iterator<Item = (usize, &'a Step, &'a [Noted])> {
        let mut notes = self.notes;
        self.steps.iter().enumerate().map(move |(index, step)| {
            let own = notes.iter().take_while(|noted| noted.after <= index + 1).count();
            let (before, after) = notes.split_at(own);
            notes = after;
            (index, step, before)
        })
    }

    /// The steps of `task` before step number `end`, the last one first.
    fn back(&self, task: TaskId, end: usize) -> impl Iterator<Item = (usize, Operation)> {
        let steps = self.steps[..end].iter().enumerate().rev();
        steps
            .filter(move |(_, step)| step.task == task)
            .map(|(index, step)| (index, step.operation))
    }

    /// What reports call a resource; a task goes by its name.
    fn name(&self, resource: u32) -> String {
        let name = self.resources[resource as usize];
        match name.kind {
            Kind::Task => (self.tasks)(name.number as usize),
            _ => name.to_string(),
        }
    }

    fn place(&self, step: usize) -> Place {
        self.steps[step].operation.place.into()
    }
}
