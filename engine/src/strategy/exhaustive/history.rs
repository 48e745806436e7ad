//! What an execution did, and what of it could have come the other way round.

use std::collections::HashMap;

use sync::control::{Op, TaskId};

use super::{
    causality::Causality,
    footprint::{Effect, Footprint, may_wait, needs_all_of_it},
    tree::Tree,
};
use crate::trace::Operation;

/// The steps of one execution.
#[derive(Debug, Default)]
pub(super) struct History {
    events: Vec<Event>,
    /// By task: the step during which it was spawned.
    births: Vec<Option<usize>>,
    /// By task: the steps that have woken it since its own last one.
    wakes: HashMap<TaskId, Vec<usize>>,
    /// By task: what wakes it when the future that it polls was pending.
    awaited: HashMap<TaskId, Vec<u32>>,
    /// What the tasks wait for that are left when nobody can move.
    waiting: Vec<(TaskId, Operation)>,
}

/// One step.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) task: TaskId,
    pub(super) operation: Operation,
    pub(super) footprint: Footprint,
    /// Whether the operation has changed its resource, as far as is known.
    pub(super) has_changed: bool,
    /// The node of the tree at which it was chosen, if there was a choice.
    turn: Option<usize>,
    /// The steps that have woken the task before it.
    pub(super) wakes: Vec<usize>,
}

impl History {
    pub(super) fn clear(&mut self) {
        self.events.clear();
        self.births.clear();
        self.wakes.clear();
        self.awaited.clear();
        self.waiting.clear();
    }

    /// `task` is spawned in the step under way.
    pub(super) fn spawned(&mut self, task: TaskId) {
        debug_assert_eq!(task, self.births.len(), "tasks are numbered in order of spawning");
        self.births.push(self.events.len().checked_sub(1));
    }

    /// `task` performs `operation`, as chosen at `turn`.
    pub(super) fn executed(&mut self, task: TaskId, operation: &Operation, turn: Option<usize>) {
        let wakes = self.wakes.remove(&task).unwrap_or_default();
        let (operation, mut footprint) = (*operation, Footprint::of(operation));
        if operation.op == Op::Await {
            let awaited = self.awaited.remove(&task).into_iter().flatten();
            awaited.for_each(|resource| footprint.touch(resource, Effect::Looks));
        }
        let is_attempt = matches!(operation.op, Op::TryLock | Op::TryRead | Op::TryWrite);
        let has_changed = operation.op.changes() && !is_attempt;
        self.events.push(Event { task, operation, footprint, has_changed, turn, wakes });
    }

    /// The step under way lets go of `resource`.
    pub(super) fn freed(&mut self, resource: u32) {
        if let Some(event) = self.events.last_mut() {
            event.footprint.touch(resource, Effect::LetsGo);
        }
    }

    /// `task` is woken by what happens to `resource`.
    pub(super) fn awaits(&mut self, task: TaskId, resource: u32) {
        self.awaited.entry(task).or_default().push(resource);
    }

    /// The operation of the step under way turns out to change its resource, or not to.
    pub(super) fn found_out(&mut self, has_changed: bool) {
        if let Some(event) = self.events.last_mut() {
            event.has_changed = has_changed;
        }
    }

    /// The step under way.
    pub(super) fn last_mut(&mut self) -> Option<&mut Event> {
        self.events.last_mut()
    }

    /// The step under way wakes `task`.
    pub(super) fn woken(&mut self, task: TaskId) {
        self.wakes.entry(task).or_default().extend(self.events.len().checked_sub(1));
    }

    /// Nobody can move, and these wait.
    pub(super) fn stopped(&mut self, waiting: &[(TaskId, Operation)]) {
        self.waiting.extend_from_slice(waiting);
    }

    /// What the last step touched.
    pub(super) fn last(&self) -> Option<&Footprint> {
        self.events.last().map(|event| &event.footprint)
    }

    /// Tells `tree` what each step has touched.
    pub(super) fn note_footprints(&self, tree: &mut Tree) {
        for event in &self.events {
            if let Some(turn) = event.turn {
                tree.turn_mut(turn).note_footprint(&event.footprint);
            }
        }
    }

    /// Wants, in `tree`, what leads to the other order of each two dependent steps of which nothing
    /// says who is first; but for those whose later step is older than node `fresh`, which have been
    /// looked at after an earlier execution.
    pub(super) fn want_reversals(&mut self, tree: &mut Tree, fresh: usize) {
        let happened = self.events.len();
        self.add_waiting();
        let causality =
            Causality::of(&self.events[..happened], &self.births, &self.events[happened..]);
        for (later, event) in self.events.iter().enumerate() {
            if event.turn.is_some_and(|turn| turn < fresh) {
                continue;
            }
            let end = later.min(happened);
            for race in causality.races(later) {
                let mut earlier = race.iter();
                let reversal = |&first: &usize| self.reverse(tree, &causality, (first, end, later));
                // Up to the one that had not made it possible.
                earlier.any(reversal);
            }
        }
    }

    /// What somebody waits for when nobody can move is looked at like a step: something else might
    /// have come after it.
    fn add_waiting(&mut self) {
        for (task, operation) in std::mem::take(&mut self.waiting) {
            self.executed(task, &operation, None);
        }
    }

    /// Wants what leads to step number `later`, before which `end` steps have happened, without
    /// step number `first`. Whether it is sure that it could have happened without it.
    fn reverse(
        &self,
        tree: &mut Tree,
        causality: &Causality,
        (first, end, later): (usize, usize, usize),
    ) -> bool {
        let (earlier, event) = (&self.events[first], &self.events[later]);
        let Some(turn) = earlier.turn.map(|turn| tree.turn_mut(turn)) else { return false };
        let is_next = !self.events[first + 1..end].iter().any(|other| other.task == event.task);
        let waited = is_next && !turn.is_enabled(event.task);
        if waited
            || earlier.footprint.lets_go(event.operation.resource)
                && needs_all_of_it(event.operation.op)
        {
            return false;
        }
        let between = (first + 1..end).filter(|&step| !causality.is_before(first, step));
        let path: Vec<_> = between.chain([later]).collect();
        let is_initial = |&position: &usize| {
            let step = path[position];
            !path[..position].iter().any(|&before| causality.is_before(before, step))
        };
        let initials = (0..path.len()).rev().filter(is_initial);
        let initials: Vec<_> = initials.map(|position| self.events[path[position]].task).collect();
        turn.want_one_of(&initials);
        // Where one could be had, so could the other.
        let is_alike = earlier.operation.op == event.operation.op;
        is_next || is_alike || !may_wait(event.operation.op)
    }
}
