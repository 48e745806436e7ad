//! What the controller knows of a task.

use std::panic::Location;

use sync::control::Op;

use super::{coroutine::Fiber, resources::CLOCK};
use crate::trace::Operation;

/// A task of the execution under way. All of it is plain values: it is made and moved without a detour.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is looked at in every step")]
pub(super) struct Task {
    /// Its number among the resources, for those that join it.
    pub(super) resource: u32,
    /// Its coroutine, until its end.
    pub(super) fiber: Option<&'static Fiber>,
    pub(super) status: Status,
    /// What it will do when it is chosen.
    pub(super) pending: Operation,
    /// Whether its sleep may end without a notification.
    pub(super) may_wake: bool,
    /// Whether it has failed for no reason, and not succeeded since.
    pub(super) has_failed: bool,
    /// Whether it is among those that could go on.
    pub(super) is_enabled: bool,
    /// Whether it is suspended with a test that tells whether it is.
    pub(super) is_tested: bool,
    /// Whether it is in the list of those who have no bit of their own.
    pub(super) is_listed: bool,
}

/// Whether a task's pending operation could complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Its test tells; it could if it has none.
    Ready,
    /// It could not: the task is on a waiting list. Notified, its test tells.
    Asleep,
    /// It could not, until its time has come.
    Sleeping,
    /// When nobody else's could.
    Quiescent,
    /// The task has ended.
    Ended,
}

impl Task {
    /// A task that has not run yet, and could.
    #[inline]
    pub(super) fn new(
        fiber: &'static Fiber,
        resource: u32,
        place: &'static Location<'static>,
    ) -> Self {
        Self {
            resource,
            fiber: Some(fiber),
            status: Status::Ready,
            pending: Operation { op: Op::Start, resource: CLOCK, place },
            may_wake: false,
            has_failed: false,
            is_enabled: true,
            is_tested: false,
            is_listed: false,
        }
    }

    /// Whether the suspended task's test holds.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        self.fiber.is_none_or(Fiber::holds)
    }

    /// Gives up its coroutine if it has never run.
    pub(super) fn give_up(&mut self) -> Option<&'static Fiber> {
        self.fiber.take_if(|fiber| fiber.is_fresh())
    }
}
