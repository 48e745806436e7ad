//! What the tasks of the execution under way do, by names that last from one execution to the next.
//!
//! Numbers of tasks and resources depend on the schedule. A task's *role* does not: who spawned it,
//! and as which of their tasks. Neither does a resource's *name*, for as long as each role meets
//! the same resources in the same order: the third one that a role touches is called what its third
//! one was called before.

use sync::control::{Op, TaskId};

use super::{
    Choices,
    profile::{Name, Profile, Role},
};
use crate::trace::Operation;

/// How many executions, from number 0 on, are learned from: enough for a mean, and few enough to
/// run them again for the sake of a later one.
pub(super) const LESSONS: u64 = 1000;

/// What is known of earlier executions, and of the one under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Census {
    profile: Profile,
    /// By task; those beyond `tasks` are left from earlier executions, and their space is used again.
    rows: Vec<Row>,
    tasks: usize,
    /// By resource number.
    names: Vec<Option<Name>>,
    /// Who has touched what in this lesson, in order.
    touches: Vec<(TaskId, Name)>,
    decisions: u64,
    is_lesson: bool,
}

/// One task.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) role: Role,
    pub(super) parent: Option<TaskId>,
    children: u64,
    pub(super) steps: u64,
    /// A bit for each resource that it has touched, by number.
    met: Vec<u64>,
    /// How many those are.
    acquaintances: usize,
    /// Whether nobody else would notice what it is about to do, once that has been looked at.
    is_unnoticed: Option<bool>,
}

impl Row {
    #[inline]
    fn has_met(&self, resource: usize) -> bool {
        self.met.get(resource / 64).is_some_and(|met| met & (1 << (resource % 64)) != 0)
    }
}

impl Census {
    /// Learns from the execution before, if it was a lesson; number `execution` begins.
    pub(super) fn begin(&mut self, execution: u64) {
        if self.is_lesson && self.decisions > 0 {
            self.profile.learn(&self.rows[..self.tasks], &self.touches, self.decisions);
        }
        self.is_lesson = execution < LESSONS;
        self.tasks = 0;
        self.decisions = 0;
        self.names.clear();
        self.touches.clear();
    }

    /// So many decisions more.
    #[inline]
    pub(super) fn decide(&mut self, decisions: u64) {
        self.decisions += decisions;
    }

    /// What was learned.
    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whether the execution under way is learned from.
    pub(super) fn is_lesson(&self) -> bool {
        self.is_lesson
    }

    /// How many decisions an execution takes, as far as that is known.
    pub(super) fn decisions(&self) -> Option<u64> {
        self.profile.decisions()
    }

    /// The role of `task`.
    #[inline]
    pub(super) fn role(&self, task: TaskId) -> Role {
        self.rows[task].role
    }

    /// How many steps `task` has taken.
    #[inline]
    pub(super) fn steps(&self, task: TaskId) -> u64 {
        self.rows[task].steps
    }

    /// Whether `task` would touch something by `operation` that it has not touched before.
    #[inline]
    pub(super) fn is_new(&self, task: TaskId, operation: &Operation) -> bool {
        !is_nameless(operation) && !self.rows[task].has_met(operation.resource as usize)
    }

    /// `parent` has spawned `task`.
    pub(super) fn spawned(&mut self, parent: Option<TaskId>, task: TaskId) {
        let origin = parent.map(|parent| {
            let row = &mut self.rows[parent];
            row.children += 1;
            (row.role, row.children)
        });
        let role = self.profile.role(origin);
        if task >= self.rows.len() {
            self.rows.resize_with(task + 1, Row::default);
        }
        let row = &mut self.rows[task];
        row.met.clear();
        *row = Row { role, parent, met: std::mem::take(&mut row.met), ..Row::default() };
        self.tasks = task + 1;
    }

    /// `task` performs `operation`.
    #[inline]
    pub(super) fn executed(&mut self, task: TaskId, operation: &Operation) {
        let row = &mut self.rows[task];
        row.steps += 1;
        row.is_unnoticed = None;
        // When the lessons are over, nothing is learned from what has been touched before.
        let is_known = !self.is_lesson && row.has_met(operation.resource as usize);
        if !is_known && !is_nameless(operation) {
            self.touched(task, operation);
        }
    }

    /// The step of `task` under way shows others something besides its operation.
    pub(super) fn shows(&mut self, task: TaskId) {
        let row = &self.rows[task];
        if self.is_lesson && row.steps == 1 {
            self.profile.shows_up(row.role);
        }
    }

    /// `task` has performed `operation` on something.
    #[inline(never)]
    fn touched(&mut self, task: TaskId, operation: &Operation) {
        let name = self.meet(task, operation.resource);
        if self.is_lesson
            && let Some(name) = name
        {
            self.touches.push((task, name));
            let role = self.rows[task].role;
            self.profile.touch(name, role, operation.op.changes());
        }
    }

    /// What `task` would touch by `operation`, if that is known from before.
    #[inline]
    pub(super) fn name(&self, task: TaskId, operation: &Operation) -> Option<Name> {
        if is_nameless(operation) {
            return None;
        }
        let row = &self.rows[task];
        let known = self.names.get(operation.resource as usize).copied().flatten();
        known.or_else(|| self.profile.acquaintance(row.role, row.acquaintances))
    }

    /// An enabled task whose next operation nobody else would notice, as far as is known from
    /// before: who performs it now, or later, makes no difference.
    #[inline]
    pub(super) fn unnoticed(&mut self, choices: &Choices<'_>) -> Option<TaskId> {
        choices.enabled().iter().copied().find(|&task| {
            self.rows[task].is_unnoticed.unwrap_or_else(|| {
                let is_unnoticed = self.is_unnoticed(task, &choices.operation(task));
                self.rows[task].is_unnoticed = Some(is_unnoticed);
                is_unnoticed
            })
        })
    }

    fn is_unnoticed(&self, task: TaskId, operation: &Operation) -> bool {
        let is_private = |name| self.profile.is_uncontended(name);
        match operation.op {
            // Whoever is joined has ended.
            Op::Join => true,
            Op::Start => !self.profile.is_seen_to_come(self.rows[task].role),
            // To be woken, by whatever it may be, is noticed by oneself.
            Op::Wake => false,
            _ => self.name(task, operation).is_some_and(is_private),
        }
    }

    /// The name of `resource`, which `task` touches, maybe for the first time.
    #[inline]
    fn meet(&mut self, task: TaskId, resource: u32) -> Option<Name> {
        let (resource, row) = (resource as usize, &mut self.rows[task]);
        if row.has_met(resource) {
            return self.names[resource];
        }
        let (word, bit) = (resource / 64, 1 << (resource % 64));
        if row.met.len() <= word {
            row.met.resize(word + 1, 0);
        }
        row.met[word] |= bit;
        row.acquaintances += 1;
        let (role, order) = (row.role, row.acquaintances - 1);
        if self.names.len() <= resource {
            self.names.resize(resource + 1, None);
        }
        let name = &mut self.names[resource];
        *name = name.or_else(|| self.profile.acquaintance(role, order));
        if self.is_lesson {
            let name = *name.get_or_insert_with(|| self.profile.coin());
            self.profile.acquaint(role, order, name);
        }
        *name
    }
}

/// Whether nothing but the task itself, or its end, has to do with the operation.
#[inline]
fn is_nameless(operation: &Operation) -> bool {
    operation.touches_nothing() || operation.op == Op::Join
}
