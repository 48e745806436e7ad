//! What an execution did, and what of it could have come the other way round.

use sync::control::{Op, TaskId};

use super::{
    causality::Causality,
    choice::{Asleep, Turn},
    footprint::{Effect, Footprint, makes_possible, may_wait, needs_all_of_it},
    tree::{Passed, Want},
};
use crate::trace::Operation;

/// The steps of one execution.
#[derive(Debug, Default)]
pub(super) struct History {
    events: Vec<Event>,
    /// By task: the step during which it was spawned.
    births: Vec<Option<usize>>,
    /// By task: the steps that have woken it since its own last one.
    wakes: Vec<Vec<usize>>,
    /// By task: what wakes it when the future that it polls was pending.
    awaited: Vec<Vec<u32>>,
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
    /// Which choice of the path has led to it, if one has.
    turn: Option<usize>,
    /// The steps that have woken the task before it.
    pub(super) wakes: Vec<usize>,
    /// Whether it is the end of a wait that could have come for no reason, too.
    pub(super) could_wake: bool,
    /// How much there was before of what it gives to others, if that is known.
    had: Option<u32>,
    /// How much it had to wait for.
    pub(super) needs: u32,
    /// Whether what its task has looked at so far is no reason for a later yield to wait.
    pub(super) looks_anew: bool,
}

impl Event {
    /// Whether `later` could not have come in place of this step, which has made it possible.
    fn has_enabled(&self, later: &Self) -> bool {
        self.had.is_some_and(|had| had < later.needs)
            && self.operation.resource == later.operation.resource
            && makes_possible(self.operation.op, later.operation.op)
    }
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
        self.wakes.push(Vec::new());
        self.awaited.push(Vec::new());
    }

    /// `task` performs `operation`, as chosen at `turn`.
    pub(super) fn executed(&mut self, task: TaskId, operation: &Operation, turn: Option<usize>) {
        let wakes = std::mem::take(&mut self.wakes[task]);
        let (operation, mut footprint) = (*operation, Footprint::of(operation));
        if operation.op == Op::Await {
            for resource in std::mem::take(&mut self.awaited[task]) {
                footprint.touch(resource, Effect::Looks);
            }
        }
        let is_attempt = matches!(operation.op, Op::TryLock | Op::TryRead | Op::TryWrite);
        let has_changed = operation.op.changes() && !is_attempt;
        let (could_wake, looks_anew, had, needs) = (false, false, None, 1);
        self.events.push(Event {
            task,
            operation,
            footprint,
            has_changed,
            turn,
            wakes,
            could_wake,
            had,
            needs,
            looks_anew,
        });
    }

    /// The step under way lets go of `resource`.
    pub(super) fn freed(&mut self, resource: u32) {
        if let Some(event) = self.events.last_mut() {
            event.footprint.touch(resource, Effect::LetsGo);
        }
    }

    /// The step under way tells that its task has come, which `resource` keeps.
    pub(super) fn came(&mut self, resource: u32) {
        if let Some(event) = self.events.last_mut() {
            event.footprint.touch(resource, Effect::Comes);
        }
    }

    /// `task` is woken by what happens to `resource`.
    pub(super) fn awaits(&mut self, task: TaskId, resource: u32) {
        self.awaited[task].push(resource);
    }

    /// The operation of the step under way turns out to change its resource, or not to.
    pub(super) fn found_out(&mut self, has_changed: bool) {
        if let Some(event) = self.events.last_mut() {
            event.has_changed = has_changed;
        }
    }

    /// Before the step under way there was only so much of what it gives to others.
    pub(super) fn had(&mut self, amount: u32) {
        if let Some(event) = self.events.last_mut() {
            event.had = Some(amount);
        }
    }

    /// The operation of the step under way had to wait for so much.
    pub(super) fn needs(&mut self, amount: u32) {
        if let Some(event) = self.events.last_mut() {
            event.needs = amount;
        }
    }

    /// The step under way.
    pub(super) fn last_mut(&mut self) -> Option<&mut Event> {
        self.events.last_mut()
    }

    /// The step under way wakes `task`.
    pub(super) fn woken(&mut self, task: TaskId) {
        self.wakes[task].extend(self.events.len().checked_sub(1));
    }

    /// Nobody can move, and these wait.
    pub(super) fn stopped(&mut self, waiting: &[(TaskId, Operation)]) {
        self.waiting.extend_from_slice(waiting);
    }

    /// What the last step touched.
    pub(super) fn last(&self) -> Option<&Footprint> {
        self.events.last().map(|event| &event.footprint)
    }

    /// The choice that has led to the last step, if one has.
    pub(super) fn last_turn(&self) -> Option<usize> {
        self.events.last().and_then(|event| event.turn)
    }

    /// Tells `path` what each step has touched.
    pub(super) fn note_footprints(&self, path: &mut [Passed]) {
        for event in &self.events {
            if let Some(turn) = event.turn {
                path[turn].footprint.clone_from(&event.footprint);
            }
        }
    }

    /// What leads to the other order of each two dependent steps of which nothing says who is first;
    /// but for those whose later step is older than choice number `fresh` of `path`, which have been
    /// looked at after an earlier execution.
    pub(super) fn reversals(&mut self, path: &[Passed], fresh: usize) -> Vec<Want> {
        let happened = self.events.len();
        self.add_waiting();
        let causality =
            Causality::of(&self.events[..happened], &self.births, &self.events[happened..]);
        let mut wants = Vec::new();
        for (later, event) in self.events.iter().enumerate() {
            if event.turn.is_some_and(|turn| turn < fresh) {
                continue;
            }
            let end = later.min(happened);
            let mut reversed: Vec<usize> = Vec::new();
            for &first in causality.races(later) {
                // Behind one that had not made it possible there may be another one.
                let is_behind = reversed.iter().any(|&other| causality.is_before(first, other));
                if !is_behind && self.reverse(path, &causality, (first, end, later), &mut wants) {
                    reversed.push(first);
                }
            }
        }
        wants
    }

    /// The tasks that can begin what leads to step number `later`, before which `end` steps have
    /// happened, without step number `first`; `asleep` are those who sleep before that.
    fn initials(
        &self,
        causality: &Causality,
        (first, end, later): (usize, usize, usize),
        asleep: &[Asleep],
    ) -> Vec<TaskId> {
        let between: Vec<usize> =
            (first + 1..end).filter(|&step| !causality.is_before(first, step)).collect();
        let is_initial = |&position: &usize| {
            let step = between[position];
            !between[..position].iter().any(|&before| causality.is_before(before, step))
        };
        // The last step has come after some that would not have happened, and that is no reason for
        // it to come after those before them. Nor is what it would touch known, unless it has been
        // tried.
        let event = &self.events[later];
        let tried = asleep.iter().find(|asleep| asleep.task == event.task);
        let touches = tried.map_or(&event.footprint, |tried| &tried.footprint);
        let comes_after = |&before: &usize| {
            self.events[before].task == event.task
                || event.wakes.contains(&before)
                || self.births[event.task] == Some(before)
                || self.events[before].footprint.depends_on(touches)
        };
        let is_first = !between.iter().any(comes_after);
        let initials = (0..between.len()).rev().filter(is_initial);
        let tasks = initials.map(|position| self.events[between[position]].task);
        is_first.then_some(event.task).into_iter().chain(tasks).collect()
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
        path: &[Passed],
        causality: &Causality,
        (first, end, later): (usize, usize, usize),
        wants: &mut Vec<Want>,
    ) -> bool {
        let (earlier, event) = (&self.events[first], &self.events[later]);
        let Some(depth) = earlier.turn else { return false };
        let could = |turn: &Turn| turn.is_enabled(event.task);
        let is_next = !self.events[first + 1..end].iter().any(|other| other.task == event.task);
        // What has woken it since may come before all the same.
        let woken_since = event.wakes.iter().any(|&step| step > first);
        // So may what has made it possible since, if that does not need the first.
        let made_possible_since = (first + 1..end)
            .any(|step| causality.is_before(step, later) && !causality.is_before(first, step));
        let waited = is_next
            && !woken_since
            && !made_possible_since
            && !turn_at(path, depth).is_some_and(could);
        let was_held = event.needs > 0
            && earlier.footprint.lets_go(event.operation.resource)
            && needs_all_of_it(event.operation.op);
        if waited || was_held || earlier.has_enabled(event) {
            return false;
        }
        let asleep = turn_at(path, depth).map_or(&[][..], |turn| &turn.asleep);
        let tasks = self.initials(causality, (first, end, later), asleep);
        wants.push(Want { depth, tasks });
        // Where one could be had, so could the other.
        let is_alike = earlier.operation.op == event.operation.op;
        is_next || is_alike || !may_wait(event.operation.op)
    }
}

/// The turn at `depth`.
fn turn_at(path: &[Passed], depth: usize) -> Option<&Turn> {
    path.get(depth).and_then(|passed| passed.choice.turn())
}
