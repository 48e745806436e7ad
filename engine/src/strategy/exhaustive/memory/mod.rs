//! What each task has seen, and what it could see next: executions that agree in this go on alike.
//!
//! A task's own state follows from what its operations have told it. So a hash of that stands for the
//! state, and is the same whatever the order of operations that tell nothing: two tasks that release a
//! semaphore, that lock a mutex one after the other and only look, that arrive at a barrier before
//! its last one.

mod mind;
mod shown;
mod steps;
mod thing;

use sync::control::{Kind, TaskId};

pub use self::shown::Digest;
use self::{
    mind::{ALIKE, Mind, SPAWNED, combine},
    shown::Shown,
    thing::Thing,
};
use super::{knowledge::Knowledge, met::Place};
use crate::{analysis::Callbacks, strategy::mix, trace::Operation};

/// What has been seen in the execution under way.
#[derive(Debug)]
pub(super) struct Memory {
    /// What a checker may still look at of what has been shown, if it says so.
    shown: Shown,
    tasks: Vec<Mind>,
    /// By resource.
    things: Vec<Thing>,
    knowledge: Knowledge,
    /// The last operation, as long as a note may say more of it.
    under_way: Option<(TaskId, Operation)>,
    /// What was picked last, as long as it may be whom a notification wakes.
    picked: Option<usize>,
    step: Step,
    /// Whether something counts that is not remembered: how much time has passed, who is left when
    /// nobody can move.
    is_lost: bool,
}

/// What is known of the step under way.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    task: TaskId,
    /// Whether nobody else can ever notice when it happens.
    is_private: bool,
    /// Whether the task waits again as it has waited before.
    waits_again: bool,
    /// Whether the task has polled its future again, and no more.
    only_polls: bool,
}

impl Memory {
    pub(super) fn new(callbacks: Callbacks) -> Self {
        Self {
            shown: Shown::default(),
            tasks: Vec::new(),
            things: Vec::new(),
            knowledge: Knowledge::new(callbacks),
            under_way: None,
            picked: None,
            step: Step::default(),
            is_lost: false,
        }
    }

    /// What has been shown is told by `digest`, and not by the order of all that is logged.
    pub(super) fn is_shown(&mut self, digest: Digest) {
        self.shown = Shown::by(digest);
    }

    pub(super) fn clear(&mut self) {
        self.tasks.clear();
        self.things.clear();
        self.knowledge.clear();
        (self.under_way, self.picked, self.is_lost) = (None, None, false);
    }

    /// The state of the execution, if all that counts is remembered; `more` tells what else is known
    /// of each task.
    pub(super) fn place(&self, more: impl Fn(TaskId) -> u64) -> Option<Place> {
        if self.is_lost {
            return None;
        }
        let task = |(id, mind): (TaskId, &Mind)| {
            let own = combine(mind.seen, mind.joined, u64::from(mind.is_notified));
            let own = combine(own, self.knowledge.of_task(id), more(id));
            // What it may look at next is known by what it has touched before.
            let own = mind.touched.iter().fold(own, |own, &resource| {
                let thing = &self.things[resource as usize];
                let is_told = thing.kind == Some(Kind::Log) && self.shown.is_told();
                let version = if is_told { 0 } else { thing.version };
                combine(own, version, self.knowledge.of_resource(resource))
            });
            mix(own)
        };
        let tasks = self.tasks.iter().enumerate().map(task).collect();
        let shown = mix(self.shown.now() ^ self.knowledge.verdict() << 32);
        Some(Place::new(shown, tasks))
    }

    /// Whether nobody else can ever notice when the last step happened.
    pub(super) fn is_private(&self) -> bool {
        self.step.is_private
    }

    /// Whether `resource` is where calls and callbacks are logged.
    pub(super) fn is_log(&self, resource: u32) -> bool {
        self.things[resource as usize].kind == Some(Kind::Log)
    }

    pub(super) fn met(&mut self, resource: u32, kind: Kind) {
        let index = resource as usize;
        if self.things.len() <= index {
            self.things.resize(index + 1, Thing::default());
        }
        self.things[index].kind = Some(kind);
        self.knowledge.met(resource, kind);
    }

    pub(super) fn spawned(&mut self, parent: Option<TaskId>, task: TaskId) {
        self.knowledge.spawned(parent, task);
        let mut seen = 1;
        if let Some(parent) = parent {
            self.tell_operation();
            let parent = &mut self.tasks[parent];
            seen = combine(parent.seen, parent.children, SPAWNED);
            parent.children += 1;
            parent.does();
            parent.wait = None;
        }
        self.tasks.push(Mind { seen, role: seen, ..Mind::default() });
    }

    /// The task that `parent` has begun last is like all others of which `group` is told.
    pub(super) fn alike(&mut self, parent: TaskId, group: u32) {
        let mind = &mut self.tasks[parent];
        let position = mind.alike.iter().position(|&known| known == group);
        let number = position.unwrap_or_else(|| {
            mind.alike.push(group);
            mind.alike.len() - 1
        });
        let seen = combine(mind.seen, number as u64, ALIKE);
        if let Some(child) = self.tasks.last_mut() {
            (child.seen, child.role) = (seen, seen);
        }
    }
}
