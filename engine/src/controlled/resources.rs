//! The resources that an execution has met, by number.

use sync::control::{Kind, Resource};

/// Time, which every yield and every sleep acts on, and which makes nothing depend on anything.
pub(super) use crate::trace::CLOCK;
use crate::trace::Name;

/// What has been met so far.
#[derive(Default)]
pub(super) struct Resources {
    /// The execution under way: what tells its numbers from those of others.
    execution: u64,
    names: Vec<Name>,
    /// How many there are of each kind.
    counts: [u32; Kind::COUNT],
    /// Whether one of them was used by an earlier execution.
    pub(super) are_kept: bool,
}

impl Resources {
    /// Forgets everything: `execution` begins.
    pub(super) fn reset(&mut self, execution: u64) {
        self.execution = execution;
        self.names.clear();
        self.names.push(Name { kind: Kind::Clock, number: 0 });
        self.counts = [0; Kind::COUNT];
    }

    /// The number of `resource`, if it has been met.
    #[inline]
    pub(super) fn known(&self, resource: &Resource) -> Option<u32> {
        resource.number_in(self.execution)
    }

    /// The number of `resource`, which is a new one if it has not been met yet.
    #[inline]
    pub(super) fn index(&mut self, resource: &Resource) -> u32 {
        match resource.number_in(self.execution) {
            Some(number) => number,
            None => self.meet(resource),
        }
    }

    #[inline(never)]
    fn meet(&mut self, resource: &Resource) -> u32 {
        let kind = resource.kind();
        if kind == Kind::Clock {
            return CLOCK;
        }
        self.are_kept |= kind != Kind::Log && !resource.is_new();
        let index = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let count = &mut self.counts[kind as usize];
        self.names.push(Name { kind, number: *count });
        *count += 1;
        resource.set_number(self.execution, index)
    }

    /// Gives the task number `id`, known to others as `resource`, its number: `task #id`.
    pub(super) fn add_task(&mut self, resource: &Resource, id: usize) -> u32 {
        let index = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = u32::try_from(id).unwrap_or(u32::MAX);
        self.names.push(Name { kind: Kind::Task, number });
        resource.set_number(self.execution, index)
    }

    /// Lets another `resource` stand for what has the number `index`.
    pub(super) fn give_number(&self, resource: &Resource, index: u32) {
        resource.set_number(self.execution, index);
    }

    /// What reports call the resource number `index`.
    pub(super) fn name(&self, index: u32) -> Name {
        self.names[index as usize]
    }

    /// All names, by number.
    pub(super) fn names(&self) -> &[Name] {
        &self.names
    }
}
