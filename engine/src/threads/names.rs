//! The resources that an execution has met, by number: the same names as under control, given by
//! several threads at once.

use std::borrow::Cow;

use parking_lot::Mutex;
use sync::control::{Kind, Resource, TaskId};

use crate::trace::Name;

/// Time, which every yield and every sleep acts on.
const CLOCK: u32 = 0;

/// What has been met so far.
pub(super) struct Names {
    /// Tells this execution's numbers from those of others.
    execution: u64,
    /// By number. The first is the clock's.
    met: Mutex<Vec<Met>>,
}

/// What a report calls a resource.
#[derive(Debug)]
enum Met {
    /// By its kind and its number within that.
    Resource(Name),
    /// By its name, or else by its number among the tasks.
    Task(TaskId, Option<Cow<'static, str>>),
}

impl Names {
    pub(super) fn new(execution: u64) -> Self {
        let clock = Name { kind: Kind::Clock, number: 0 };
        Self { execution, met: Mutex::new(vec![Met::Resource(clock)]) }
    }

    /// The number of `resource`, which is a new one if it has not been met yet.
    #[inline]
    pub(super) fn number(&self, resource: &Resource) -> u32 {
        if resource.kind() == Kind::Clock {
            return CLOCK;
        }
        let mut first_use = None;
        let number = resource.number(self.execution, || {
            let mut met = self.met.lock();
            let name = next(&met, resource.kind());
            let number = push(&mut met, Met::Resource(name));
            first_use = Some((met, number));
            number
        });
        // Another task was first, and its number holds. The list is locked since ours was put at
        // its end, so that is where it still is.
        if let Some((mut met, ours)) = first_use
            && ours != number
        {
            met.pop();
        }
        number
    }

    /// Gives a task a number; others know it as `resource`.
    pub(super) fn add_task(
        &self,
        resource: &Resource,
        id: TaskId,
        name: Option<Cow<'static, str>>,
    ) -> u32 {
        let number = push(&mut self.met.lock(), Met::Task(id, name));
        resource.number(self.execution, || number)
    }

    /// What reports call the resource with this number.
    pub(super) fn describe(&self, number: u32) -> String {
        match &self.met.lock()[number as usize] {
            Met::Resource(name) => name.to_string(),
            Met::Task(_, Some(name)) => name.clone().into_owned(),
            Met::Task(id, None) => format!("task {id}"),
        }
    }
}

/// The next of its kind.
fn next(met: &[Met], kind: Kind) -> Name {
    let is_alike = |met: &&Met| matches!(met, Met::Resource(name) if name.kind == kind);
    let count = met.iter().filter(is_alike).count();
    Name { kind, number: u32::try_from(count).unwrap_or(u32::MAX) }
}

/// Puts one more at the end; its number.
fn push(met: &mut Vec<Met>, one: Met) -> u32 {
    met.push(one);
    u32::try_from(met.len() - 1).unwrap_or(u32::MAX)
}
