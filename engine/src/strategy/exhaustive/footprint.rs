//! What a step touches, and whether the order of two steps can make a difference.

use smallvec::SmallVec;
use sync::control::Op;

use crate::trace::{CLOCK, Operation};

/// The resources that a step touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Footprint {
    accesses: SmallVec<[Access; 3]>,
    /// Whether it may touch anything else.
    is_open: bool,
}

/// What a step does to one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Access {
    pub(super) resource: u32,
    pub(super) effect: Effect,
}

/// The strongest thing that a step does to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effect {
    /// It looks.
    Looks,
    /// It tells that somebody has come: in which order two come makes no difference.
    Comes,
    /// It changes it.
    Changes,
    /// It lets go of it: nobody could have had it before.
    LetsGo,
}

impl Effect {
    /// Whether the order of this and the other makes no difference.
    fn commutes(self, other: Self) -> bool {
        matches!((self, other), (Self::Looks, Self::Looks) | (Self::Comes, Self::Comes))
    }
}

impl Footprint {
    /// What `operation` alone touches.
    pub(super) fn of(operation: &Operation) -> Self {
        let mut footprint = Self::default();
        let changes = operation.op.changes();
        let effect = if changes { Effect::Changes } else { Effect::Looks };
        footprint.touch(operation.resource, effect);
        footprint
    }

    /// The step touches `resource` too.
    pub(super) fn touch(&mut self, resource: u32, effect: Effect) {
        if resource == CLOCK {
            return;
        }
        match self.accesses.iter_mut().find(|access| access.resource == resource) {
            // Locked and let go of in one step: somebody else could have had it before.
            Some(access) => access.effect = access.effect.max(effect).min(Effect::Changes),
            None => self.accesses.push(Access { resource, effect }),
        }
    }

    /// What the step touches depends on what is picked in it.
    pub(super) fn opens(&mut self) {
        self.is_open = true;
    }

    pub(super) fn accesses(&self) -> &[Access] {
        &self.accesses
    }

    /// Whether the order of the two steps can make a difference: both touch one resource, and one
    /// of them does more than look.
    pub(super) fn depends_on(&self, other: &Self) -> bool {
        let is_open = self.is_open || other.is_open;
        is_open
            || self.accesses.iter().any(|own| {
                let theirs = other.accesses.iter().find(|theirs| theirs.resource == own.resource);
                theirs.is_some_and(|theirs| !own.effect.commutes(theirs.effect))
            })
    }

    /// Whether this step lets go of `resource`, which nobody could have had before.
    pub(super) fn lets_go(&self, resource: u32) -> bool {
        self.accesses.contains(&Access { resource, effect: Effect::LetsGo })
    }
}

/// Whether an operation may have to wait until others make it possible.
pub(super) const fn may_wait(op: Op) -> bool {
    matches!(
        op,
        Op::Lock
            | Op::Read
            | Op::Write
            | Op::Wake
            | Op::Acquire
            | Op::Arrive
            | Op::Pass
            | Op::Send
            | Op::Receive
            | Op::Join
            | Op::Park
            | Op::Once
            | Op::Await
    )
}

/// Whether one operation may be what the other, on the same resource, has to wait for.
pub(super) const fn makes_possible(op: Op, other: Op) -> bool {
    matches!(
        (op, other),
        (Op::Release, Op::Acquire)
            | (Op::Send | Op::TrySend, Op::Receive)
            | (Op::Receive | Op::TryReceive, Op::Send)
            | (Op::Once, Op::Once)
    )
}

/// Whether an operation has to wait until everybody else has let go of its resource.
pub(super) const fn needs_all_of_it(op: Op) -> bool {
    matches!(op, Op::Lock | Op::Wake | Op::Write | Op::Join)
}
