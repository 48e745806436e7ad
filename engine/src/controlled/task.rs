//! What the controller knows of a task.

use std::{
    borrow::Cow,
    panic::Location,
    sync::{Arc, Weak},
};

use sync::{
    control::Op,
    thread::{Body, Thread},
};

use super::{coroutine::Seat, resources::CLOCK};
use crate::trace::Operation;

/// A task of the execution under way.
#[expect(clippy::struct_excessive_bools, reason = "each is looked at in every step")]
pub(super) struct Task {
    /// Its code, until it first runs: from then on the task's own stack owns it, and whatever the
    /// task returns is dropped as soon as nobody can join it any more.
    pub(super) body: Option<Arc<dyn Body>>,
    /// The same, for looking at while it runs.
    running: Weak<dyn Body>,
    name: Option<Cow<'static, str>>,
    /// Its number among the resources, for those that join it.
    pub(super) resource: u32,
    /// Where to call its test; `None` until it first runs.
    pub(super) seat: Option<&'static Seat>,
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
    /// Whether it is in the list of those.
    pub(super) is_listed: bool,
}

/// Whether a task's pending operation could complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Its test tells; it could if it has none.
    Ready,
    /// It could not, until the task that it joins has ended.
    Joining,
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
    /// A task that has not run yet.
    #[inline]
    pub(super) fn new(
        body: Arc<dyn Body>,
        resource: u32,
        place: &'static Location<'static>,
    ) -> Self {
        let pending = Operation { op: Op::Start, resource: CLOCK, place };
        Self {
            running: Arc::downgrade(&body),
            name: body.task().own_name(),
            body: Some(body),
            resource,
            seat: None,
            status: Status::Ready,
            pending,
            may_wake: false,
            has_failed: false,
            is_enabled: false,
            is_tested: false,
            is_listed: false,
        }
    }

    /// Whether the suspended task's test holds.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        self.seat.is_none_or(Seat::holds)
    }

    /// Whether unwinding it would block the OS thread: a wait locks its mutex again on its way out,
    /// and somebody has it.
    pub(super) fn cannot_unwind(&self) -> bool {
        self.pending.op == Op::Wake && !self.holds()
    }

    /// The name it was given, or one made of its number.
    pub(super) fn name(&self, number: usize) -> String {
        self.name.as_ref().map_or_else(|| format!("task {number}"), ToString::to_string)
    }

    /// The handle to unpark it by.
    pub(super) fn thread(&self) -> Thread {
        self.running.upgrade().expect("a task that runs has a body").task().thread().clone()
    }
}
