//! Who holds which lock, followed step by step.

use sync::control::{Kind, Note, Op, TaskId};

use crate::trace::{Noted, Step};

/// A lock that a task holds, or has asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holding {
    pub(super) task: TaskId,
    pub(super) resource: u32,
    pub(super) mode: Mode,
    /// The step that asked for it.
    pub(super) step: usize,
}

/// How a lock is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// With others who read.
    Shared,
    /// Alone.
    Exclusive,
}

/// All locks that are held at one moment.
#[derive(Default)]
pub(super) struct Held {
    holdings: Vec<Holding>,
    /// What was asked for and could not be had at once: by an async task, which waits, or by an
    /// attempt. The latest one of each task and lock counts.
    requests: Vec<Holding>,
}

impl Held {
    /// The locks that are held.
    pub(super) fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    /// Whether `task` waits for `resource`, which it has asked for and not been given.
    pub(super) fn awaits(&self, task: TaskId, resource: u32) -> bool {
        self.requests.iter().any(|request| request.is(task, resource))
    }

    /// Step number `index` is performed, on a resource of `kind`.
    pub(super) fn step(&mut self, index: usize, step: &Step, kind: Kind) {
        let (task, operation) = (step.task, step.operation);
        let Some(mode) = mode(operation.op) else { return };
        if !matches!(kind, Kind::Mutex | Kind::RwLock) {
            return;
        }
        let asked = Holding { task, resource: operation.resource, mode, step: index };
        self.requests.retain(|request| !request.is(task, asked.resource));
        let is_attempt = matches!(operation.op, Op::TryLock | Op::TryRead | Op::TryWrite);
        if is_attempt || self.conflicts(&asked) {
            self.requests.push(asked);
        } else {
            self.holdings.push(asked);
        }
    }

    /// `task` does something besides its operation.
    pub(super) fn note(&mut self, task: TaskId, noted: &Noted) {
        match noted.note {
            Note::Taken => drop(self.take(task, noted.resource)),
            Note::Freed => drop(self.free(task, noted.resource)),
            _ => {}
        }
    }

    /// A request of `task` is granted: how it holds the lock, if it had not been granted before.
    /// Whoever seemed to hold it had only asked: it was free, and kept for the one that had waited
    /// longest.
    pub(super) fn take(&mut self, task: TaskId, resource: u32) -> Option<Mode> {
        let at = self.requests.iter().position(|request| request.is(task, resource))?;
        let granted = self.requests.swap_remove(at);
        let overtaken = |holding: &mut Holding| {
            holding.resource == resource
                && (granted.mode == Mode::Exclusive || holding.mode == Mode::Exclusive)
        };
        self.requests.extend(self.holdings.extract_if(.., overtaken));
        self.holdings.push(granted);
        Some(granted.mode)
    }

    /// `task` lets `resource` go: how it was held, if that is known.
    pub(super) fn free(&mut self, task: TaskId, resource: u32) -> Option<Mode> {
        // A guard may have gone to another task.
        let own = self.holdings.iter().rposition(|holding| holding.is(task, resource));
        let any = || self.holdings.iter().rposition(|holding| holding.resource == resource);
        own.or_else(any).map(|at| self.holdings.remove(at).mode)
    }

    fn conflicts(&self, asked: &Holding) -> bool {
        self.holdings.iter().any(|held| {
            held.resource == asked.resource
                && (held.mode == Mode::Exclusive || asked.mode == Mode::Exclusive)
        })
    }
}

impl Holding {
    fn is(&self, task: TaskId, resource: u32) -> bool {
        self.task == task && self.resource == resource
    }
}

/// How `op` locks, if it does.
pub(super) const fn mode(op: Op) -> Option<Mode> {
    match op {
        Op::Lock | Op::TryLock | Op::Wake | Op::Write | Op::TryWrite => Some(Mode::Exclusive),
        Op::Read | Op::TryRead => Some(Mode::Shared),
        _ => None,
    }
}
