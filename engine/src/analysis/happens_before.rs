//! What happened before what, followed step by step along the edges that the primitives promise.
//!
//! ```text
//! an unlock            ──▶  the next lock; of a read-write lock, no edge joins two readers
//! a task's beginning   ◀──  what spawned it, and its end ──▶ what joins it
//! an unpark            ──▶  the park; a wake ──▶ the poll that follows
//! a Release            ──▶  an Acquire that reads what it stored, or what updates made of it
//! everything else      ──▶  whatever comes later on the same semaphore, channel, barrier, …
//! ```
//!
//! The last line promises more than some primitives do. What it hides, another order of the same
//! two steps shows. Atomics follow C++20, with fences; a condition variable has no edges but those
//! of its mutex, and the harness's log none at all.

use sync::control::{Kind, Note, Op, TaskId};

use super::{
    History,
    clocks::{Clocks, Row},
    held::{Held, Mode},
};
use crate::trace::{Noted, Operation, Step};

/// How atomics are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Atomics {
    /// With the orderings they were used with.
    AsWritten,
    /// As if every ordering were `SeqCst`: what could be meant.
    Strong,
    /// As they were used, and a `SeqCst` fence comes after whatever `SeqCst` stores, updates and fences
    /// were performed before it: no less than C++20 promises, so what is left open is open.
    Visible,
}

/// Clocks of every task and resource at one moment of an execution.
pub(super) struct HappensBefore<'a> {
    history: History<'a>,
    atomics: Atomics,
    clocks: Clocks,
    /// The step that each task performs last.
    last_steps: Vec<usize>,
    /// The resource that each task touched last.
    touched: Vec<u32>,
    /// Whom each resource wakes that a task awaits through.
    wakes: Vec<Option<TaskId>>,
    /// Who holds which read-write lock: readers and writers let go of them differently.
    held: Held,
    /// By resource, where loads may see older stores: what those see who acquire each of them.
    stores: Vec<Vec<Box<[u32]>>>,
}

impl<'a> HappensBefore<'a> {
    pub(super) fn new(history: History<'a>, atomics: Atomics) -> Self {
        let (tasks, resources) = (history.size, history.resources.len());
        let mut last_steps = vec![0; tasks];
        for (index, step) in history.steps.iter().enumerate() {
            last_steps[step.task] = index;
        }
        Self {
            history,
            atomics,
            clocks: Clocks::new(4 * tasks + 2 * resources + 1, tasks),
            last_steps,
            touched: vec![0; tasks],
            wakes: vec![None; resources],
            held: Held::default(),
            stores: vec![Vec::new(); if history.is_weak { resources } else { 0 }],
        }
    }

    /// Whether step number `step` of `other` happened before what `task` does now.
    pub(super) fn knows(&self, task: TaskId, other: TaskId, step: usize) -> bool {
        self.clocks.knows(task_row(task), other, step)
    }

    /// Step number `index` is performed; its notes follow, by [`note`](Self::note).
    pub(super) fn step(&mut self, index: usize, step: &Step, notes: &[Noted]) {
        let (task, Operation { op, resource, .. }) = (step.task, step.operation);
        self.touched[task] = resource;
        if op == Op::Await {
            self.clocks.join(task_row(task), self.inbox(task));
        }
        match self.history.kind(resource) {
            Kind::Clock => self.fence(task, op),
            Kind::Atomic if op != Op::Await => {
                self.atomic(task, actual(op, resource, notes), resource, behind(resource, notes));
            }
            Kind::Atomic | Kind::Cell | Kind::Log | Kind::Condvar => {}
            Kind::RwLock => {
                self.held.step(index, step, Kind::RwLock);
                self.lock(task, op, resource);
            }
            Kind::Parker if op == Op::Unpark => self.release(task, resource),
            Kind::Mutex | Kind::Parker => self.acquire(task, resource),
            Kind::Task => self.join(task, index, resource),
            _ => {
                self.acquire(task, resource);
                if op.changes() {
                    self.release(task, resource);
                }
            }
        }
        // Last: what an operation publishes is what was before it, and not what its step does next.
        self.clocks.tick(task_row(task), task, index);
        if self.is_total(op) {
            self.clocks.join(self.total(), task_row(task));
        }
    }

    /// `task` does something besides its operation.
    pub(super) fn note(&mut self, task: TaskId, noted: &Noted) {
        let resource = noted.resource;
        match noted.note {
            Note::Freed if self.history.kind(resource) == Kind::Cell => {}
            Note::Freed => self.free(task, resource),
            Note::Spawned => {
                let child = self.history.resources[resource as usize].number as usize;
                self.clocks.join(task_row(child), task_row(task));
            }
            Note::Awaits => self.wakes[resource as usize] = Some(task),
            Note::Woken => self.wake(task, resource),
            Note::Taken => {
                // Asked for some time ago: what has been released since counts too.
                self.acquire(task, resource);
                if self.held.take(task, resource) == Some(Mode::Exclusive) {
                    self.clocks.join(task_row(task), self.readers(resource));
                }
            }
            Note::OnlyLoaded(_) | Note::Saw(_) => {}
            Note::Unchanged
            | Note::Queued
            | Note::Opened
            | Note::Alike
            | Note::Looks
            | Note::Forgets
            | Note::Looked
            | Note::Had(_)
            | Note::Needs(_) => return,
        }
        if !matches!(noted.note, Note::Woken | Note::Spawned | Note::Awaits) {
            self.touched[task] = resource;
        }
    }

    /// A read-write lock: a reader comes after the last writer, a writer after everybody.
    fn lock(&mut self, task: TaskId, op: Op, resource: u32) {
        self.acquire(task, resource);
        if !matches!(op, Op::Read | Op::TryRead) {
            self.clocks.join(task_row(task), self.readers(resource));
        }
    }

    /// Whoever comes to the resource afterwards sees what `task` has done.
    fn free(&mut self, task: TaskId, resource: u32) {
        let is_lock = self.history.kind(resource) == Kind::RwLock;
        if is_lock && self.held.free(task, resource) == Some(Mode::Shared) {
            self.clocks.join(self.readers(resource), task_row(task));
        } else {
            self.release(task, resource);
        }
    }

    /// `task` wakes one that awaits. What it does so for may have been made possible by several:
    /// their releases of the resource count too. Waking a sleeper on a condition variable makes no
    /// edge.
    fn wake(&mut self, task: TaskId, resource: u32) {
        if let Some(woken) = self.wakes[resource as usize] {
            let cause = self.resource(self.touched[task]);
            self.clocks.join(self.inbox(woken), task_row(task));
            self.clocks.join(self.inbox(woken), cause);
        }
    }

    /// `task` joins another, or looks whether it has ended: it has if it does nothing any more.
    fn join(&mut self, task: TaskId, index: usize, resource: u32) {
        let joined = self.history.resources[resource as usize].number as usize;
        if joined < self.history.size && self.last_steps[joined] < index {
            self.clocks.join(task_row(task), task_row(joined));
        }
    }

    /// `task` does `op`, a load of a store that so many later ones have replaced if it is one.
    fn atomic(&mut self, task: TaskId, op: Op, resource: u32, behind: usize) {
        let strong = self.atomics == Atomics::Strong;
        let value = self.resource(resource);
        if !op.is_store() {
            // A later acquire fence counts for whatever was loaded before it.
            self.load(self.loaded(task), resource, behind);
            if strong || op.acquires() {
                self.load(task_row(task), resource, behind);
            }
        }
        if op.is_load() {
            return;
        }
        let source = if strong || op.releases() { task_row(task) } else { self.fenced(task) };
        // An update continues the release sequence that it reads from; a store begins anew.
        if op.is_store() {
            self.clocks.copy(value, source);
        } else {
            self.clocks.join(value, source);
        }
        if let Some(stores) = self.stores.get_mut(resource as usize) {
            stores.push(self.clocks.row(value).into());
        }
    }

    /// `row` knows what those know who acquire the store that so many later ones have replaced: nothing if
    /// that is what the atomic began with.
    fn load(&mut self, row: Row, resource: u32, behind: usize) {
        if behind == 0 {
            self.clocks.join(row, self.resource(resource));
        } else if let Some(stores) = self.stores.get(resource as usize)
            && let Some(store) = stores.iter().rev().nth(behind)
        {
            self.clocks.join_entries(row, store);
        }
    }

    /// Whether `SeqCst` fences come after operations of this kind.
    fn is_total(&self, op: Op) -> bool {
        self.atomics == Atomics::Visible && matches!(op, Op::Store | Op::Update | Op::Fence)
    }

    fn fence(&mut self, task: TaskId, op: Op) {
        if self.is_total(op) {
            self.clocks.join(task_row(task), self.total());
        }
        let is_fence =
            matches!(op, Op::Fence | Op::FenceAcquire | Op::FenceRelease | Op::FenceAcqRel);
        if is_fence && op.acquires() {
            self.clocks.join(task_row(task), self.loaded(task));
        }
        if is_fence && op.releases() {
            self.clocks.copy(self.fenced(task), task_row(task));
        }
    }

    fn acquire(&mut self, task: TaskId, resource: u32) {
        self.clocks.join(task_row(task), self.resource(resource));
    }

    fn release(&mut self, task: TaskId, resource: u32) {
        self.clocks.join(self.resource(resource), task_row(task));
    }

    /// What happened before a task's last release fence.
    fn fenced(&self, task: TaskId) -> Row {
        Row(self.history.size + task)
    }

    /// What happened before the stores that a task has loaded from.
    fn loaded(&self, task: TaskId) -> Row {
        Row(2 * self.history.size + task)
    }

    /// What happened before a task was woken.
    fn inbox(&self, task: TaskId) -> Row {
        Row(3 * self.history.size + task)
    }

    /// What those see who acquire a resource.
    fn resource(&self, resource: u32) -> Row {
        Row(4 * self.history.size + resource as usize)
    }

    /// What `SeqCst` fences come after.
    fn total(&self) -> Row {
        Row(4 * self.history.size + 2 * self.history.resources.len())
    }

    /// What the next writer of a read-write lock sees besides.
    fn readers(&self, resource: u32) -> Row {
        Row(4 * self.history.size + self.history.resources.len() + resource as usize)
    }
}

/// What happened before what a task does now.
const fn task_row(task: TaskId) -> Row {
    Row(task)
}

/// What an operation came to: an update that failed was a load.
pub(super) fn actual(op: Op, resource: u32, notes: &[Noted]) -> Op {
    let of = |noted: &Noted| match noted.note {
        Note::OnlyLoaded(load) if noted.resource == resource => Some(load),
        _ => None,
    };
    notes.iter().find_map(of).unwrap_or(op)
}

/// How many stores have replaced the one that a load of `resource` sees.
fn behind(resource: u32, notes: &[Noted]) -> usize {
    let of = |noted: &Noted| match noted.note {
        Note::Saw(behind) if noted.resource == resource => Some(behind as usize),
        _ => None,
    };
    notes.iter().find_map(of).unwrap_or(0)
}
