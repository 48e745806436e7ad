//! Tells interleaving classes apart: executions that differ only in the order of independent
//! operations (Mazurkiewicz, 1977) get the same fingerprint.
//!
//! Each operation gets a hash of its causal past: of the task's operation before it, and of those
//! on its resource that it depends on. No number that depends on the order of independent
//! operations goes in, and an execution's fingerprint is the sum over its tasks' last hashes.
//!
//! It is made when somebody asks for it, of what has been recorded: nothing is hashed while the
//! execution runs.

use sync::control::{Note, Op, TaskId};

use super::resources::CLOCK;
use crate::{
    strategy::mix,
    trace::{Noted, Operation, Step},
};

/// What a step has done besides its operation that is told by no note, and makes a difference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deed {
    /// How many steps had begun: it belongs to the last of them.
    pub(super) after: usize,
    /// Whose it is.
    pub(super) task: TaskId,
    pub(super) kind: DeedKind,
}

/// What it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum DeedKind {
    /// It has begun another task.
    Spawned,
    /// It has let go of a resource, or has ended, if that is what others join it by: a change that
    /// depends on what others have tried in vain before.
    Freed(u32),
    /// It has done something to a task that lets that one go on.
    Woke(TaskId),
    /// The strategy has picked one of several alternatives for it.
    Picked(usize),
}

/// Scratch space for the hashes of an execution.
#[derive(Default)]
pub(super) struct Fingerprint {
    tasks: Vec<u64>,
    resources: Vec<Past>,
}

/// Tells letting go from all operations.
const FREED: u64 = 64;

/// What an operation on a resource may depend on.
#[derive(Clone, Copy, Default)]
struct Past {
    /// The last operation that changed the resource.
    change: u64,
    /// The sum over those that have only read it since, in whatever order.
    reads: u64,
}

impl Fingerprint {
    /// The fingerprint of an execution that has met so many resources.
    pub(super) fn of(
        &mut self,
        resources: usize,
        steps: &[Step],
        notes: &[Noted],
        deeds: &[Deed],
    ) -> u64 {
        self.tasks.clear();
        self.tasks.push(1);
        self.resources.clear();
        self.resources.resize(resources, Past::default());
        let (mut notes, mut deeds) = (notes.iter().peekable(), deeds.iter().peekable());
        let mut running = 0;
        for (before, step) in steps.iter().enumerate() {
            while let Some(noted) = notes.next_if(|noted| noted.after <= before) {
                self.note(running, noted);
            }
            while let Some(deed) = deeds.next_if(|deed| deed.after <= before) {
                self.deed(deed);
            }
            running = step.task;
            self.step(running, &step.operation);
        }
        notes.for_each(|noted| self.note(running, noted));
        deeds.for_each(|deed| self.deed(deed));
        self.tasks.iter().fold(0, |sum, &task| sum.wrapping_add(mix(task)))
    }

    /// `task` performs `operation`.
    #[inline]
    fn step(&mut self, task: TaskId, operation: &Operation) {
        let own = &mut self.tasks[task];
        let salt = operation.op as u64;
        if operation.resource == CLOCK {
            *own = combine(*own, 0, salt);
            return;
        }
        let past = &mut self.resources[operation.resource as usize];
        if operation.op.changes() {
            past.change(own, salt);
        } else {
            *own = combine(*own, past.change, salt);
            past.reads = past.reads.wrapping_add(*own);
        }
    }

    /// What `task` has noted.
    #[inline]
    fn note(&mut self, task: TaskId, noted: &Noted) {
        if noted.note == Note::Freed {
            self.free(task, noted.resource);
        }
    }

    fn free(&mut self, task: TaskId, resource: u32) {
        self.resources[resource as usize].change(&mut self.tasks[task], FREED);
    }

    fn deed(&mut self, deed: &Deed) {
        let task = deed.task;
        let past = self.tasks[task];
        match deed.kind {
            DeedKind::Spawned => {
                self.tasks.push(mix(past ^ 1));
                self.tasks[task] = mix(past ^ 2);
            }
            DeedKind::Freed(resource) => self.free(task, resource),
            DeedKind::Woke(other) => {
                self.tasks[other] = combine(self.tasks[other], past, Op::Wake as u64);
            }
            DeedKind::Picked(picked) => self.tasks[task] = combine(past, picked as u64, 3),
        }
    }
}

impl Past {
    /// The task whose hash is `own` changes the resource.
    #[inline]
    fn change(&mut self, own: &mut u64, salt: u64) {
        let before = self.change.wrapping_add(self.reads.rotate_left(17));
        *own = combine(*own, before, salt);
        *self = Self { change: *own, reads: 0 };
    }
}

/// Mixes what a task did before with what its operation depends on: the two halves of a product
/// (Yi, wyhash, 2019), one multiplication in all, since this runs at every step.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves of a product")]
const fn combine(own: u64, before: u64, salt: u64) -> u64 {
    const KEYS: [u64; 2] = [0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB];
    let (left, right) = (own ^ KEYS[0], before.wrapping_add(salt) ^ KEYS[1]);
    let product = left as u128 * right as u128;
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use sync::control::Op::{self, Load, Store};

    use super::{Deed, DeedKind, Fingerprint};
    use crate::trace::{Operation, Step};

    /// The fingerprint of two tasks that perform `steps`: who, what, on which resource.
    fn fingerprint(steps: &[(usize, Op, u32)]) -> u64 {
        let step = |&(task, op, resource): &(usize, Op, u32)| Step {
            task,
            operation: Operation { op, resource, place: Location::caller() },
        };
        let steps: Vec<_> = steps.iter().map(step).collect();
        let spawned = Deed { after: 0, task: 0, kind: DeedKind::Spawned };
        Fingerprint::default().of(4, &steps, &[], &[spawned])
    }

    #[test]
    fn the_order_of_independent_operations_does_not_matter() {
        let one = fingerprint(&[(0, Store, 1), (1, Store, 2), (0, Load, 3), (1, Load, 3)]);
        let other = fingerprint(&[(1, Store, 2), (1, Load, 3), (0, Store, 1), (0, Load, 3)]);
        assert_eq!(one, other);
    }

    #[test]
    fn the_numbers_of_resources_do_not_matter() {
        let one = fingerprint(&[(0, Store, 1), (1, Store, 2)]);
        assert_eq!(one, fingerprint(&[(1, Store, 1), (0, Store, 2)]));
    }

    #[test]
    fn the_order_of_two_changes_matters() {
        let one = fingerprint(&[(0, Store, 1), (1, Store, 1)]);
        assert_ne!(one, fingerprint(&[(1, Store, 1), (0, Store, 1)]));
    }

    #[test]
    fn the_order_of_a_change_and_a_read_matters() {
        let one = fingerprint(&[(0, Store, 1), (1, Load, 1)]);
        assert_ne!(one, fingerprint(&[(1, Load, 1), (0, Store, 1)]));
    }
}
