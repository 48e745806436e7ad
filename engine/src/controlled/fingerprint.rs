//! Tells interleaving classes apart: executions that differ only in the order of independent
//! operations (Mazurkiewicz, 1977) get the same fingerprint.
//!
//! Each operation gets a hash of its causal past: of the task's operation before it, and of those
//! on its resource that it depends on. No number that depends on the order of independent
//! operations goes in, and an execution's fingerprint is the sum over its tasks' last hashes.

use sync::control::Op;

use super::resources::CLOCK;
use crate::{strategy::mix, trace::Operation};

/// The hashes of an execution under way.
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
    /// Forgets everything.
    pub(super) fn reset(&mut self) {
        self.tasks.clear();
        self.resources.clear();
    }

    /// A task begins: its past is that of `parent`, which goes on with another one.
    pub(super) fn spawn(&mut self, parent: Option<usize>) {
        let Some(parent) = parent else { return self.tasks.push(1) };
        let past = self.tasks[parent];
        self.tasks.push(mix(past ^ 1));
        self.tasks[parent] = mix(past ^ 2);
    }

    /// `task` performs `operation`.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    pub(super) fn step(&mut self, task: usize, operation: &Operation) {
        let own = &mut self.tasks[task];
        let salt = operation.op as u64;
        if operation.resource == CLOCK {
            *own = combine(*own, 0, salt);
            return;
        }
        let past = past(&mut self.resources, operation.resource);
        if operation.op.changes() {
            past.change(own, salt);
        } else {
            *own = combine(*own, past.change, salt);
            past.reads = past.reads.wrapping_add(*own);
        }
    }

    /// `task` lets go of `resource`, or ends, if that is what others join it by: a change that
    /// depends on what others have tried in vain before.
    pub(super) fn free(&mut self, task: usize, resource: u32) {
        past(&mut self.resources, resource).change(&mut self.tasks[task], FREED);
    }

    /// `cause` does something to `effect` that lets it go on, or picks it among others.
    pub(super) fn wake(&mut self, cause: usize, effect: usize) {
        self.tasks[effect] = combine(self.tasks[effect], self.tasks[cause], Op::Wake as u64);
    }

    /// The strategy has picked one of several alternatives for `task`.
    pub(super) fn pick(&mut self, task: usize, picked: usize) {
        self.tasks[task] = combine(self.tasks[task], picked as u64, 3);
    }

    /// The fingerprint of the execution so far.
    pub(super) fn value(&self) -> u64 {
        self.tasks.iter().fold(0, |sum, &task| sum.wrapping_add(mix(task)))
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

/// The past of a resource.
#[inline]
fn past(resources: &mut Vec<Past>, resource: u32) -> &mut Past {
    let index = resource as usize;
    if index >= resources.len() {
        grow(resources, index);
    }
    &mut resources[index]
}

/// Makes room for the past of resource number `index`.
#[cold]
fn grow(resources: &mut Vec<Past>, index: usize) {
    resources.resize(index + 1, Past::default());
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

    use super::Fingerprint;
    use crate::trace::Operation;

    /// The fingerprint of two tasks that perform `steps`: who, what, on which resource.
    fn fingerprint(steps: &[(usize, Op, u32)]) -> u64 {
        let mut fingerprint = Fingerprint::default();
        fingerprint.spawn(None);
        fingerprint.spawn(Some(0));
        for &(task, op, resource) in steps {
            let place = Location::caller();
            fingerprint.step(task, &Operation { op, resource, place });
        }
        fingerprint.value()
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
