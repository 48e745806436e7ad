//! What happened before what (Lamport, 1978), as the operations show it.

use std::collections::HashMap;

use sync::control::{Op, TaskId};

use super::{
    footprint::{Access, Effect, may_wait},
    history::Event,
};

/// The order that the steps of one execution have for a reason.
#[derive(Debug, Default)]
pub(super) struct Causality {
    steps: Vec<Known>,
    /// By task: its last step.
    last: Vec<Option<usize>>,
    /// By resource: the steps on it.
    resources: HashMap<u32, Vec<(usize, Effect)>>,
}

/// What is known of a step.
#[derive(Debug)]
struct Known {
    task: TaskId,
    /// By task: how many of its steps happened before this one, or are this one.
    clock: Vec<usize>,
    /// Which step of its task it is, counted from one.
    number: usize,
    /// The steps of other tasks that could come after it instead, the latest first.
    races: Vec<usize>,
}

impl Causality {
    /// The order among `events`, and between them and what is still `waiting`; `births` tells
    /// during which step each task was spawned.
    pub(super) fn of(events: &[Event], births: &[Option<usize>], waiting: &[Event]) -> Self {
        let mut causality = Self { last: births.to_vec(), ..Self::default() };
        for event in events {
            let step = causality.know(event);
            causality.happened(event, step);
        }
        for event in waiting {
            let step = causality.know(event);
            causality.steps.push(step);
        }
        causality
    }

    /// Whether step number `first` happened before step number `second`.
    pub(super) fn is_before(&self, first: usize, second: usize) -> bool {
        let Known { task, number, .. } = self.steps[first];
        first != second && self.steps[second].clock.get(task).is_some_and(|&seen| seen >= number)
    }

    /// The steps that could have come after step number `later` instead, the latest first. If it had
    /// to wait for the first of them, it could still have come before the second, and so on.
    pub(super) fn races(&self, later: usize) -> &[usize] {
        &self.steps[later].races
    }

    /// What the steps so far tell of `event`.
    fn know(&self, event: &Event) -> Known {
        let mut reasons: Vec<_> = self.last[event.task].into_iter().collect();
        if !event.could_wake {
            reasons.extend_from_slice(&event.wakes);
        }
        if event.operation.op == Op::Quiesce {
            let happened = self.last.iter().flatten().filter(|&&step| step < self.steps.len());
            reasons.extend(happened);
        }
        if event.operation.op == Op::Join && event.needs > 0 {
            // Nobody joins a task before its end, whatever else the step touches.
            let resource = event.operation.resource;
            reasons.extend(self.latest(Access { resource, effect: Effect::Looks }));
        }
        let races = self.races_of(event, &reasons);
        let accesses = event.footprint.accesses().iter();
        reasons.extend(accesses.flat_map(|&access| self.latest(access)));
        reasons.extend_from_slice(&event.wakes);
        self.after(event.task, &reasons, races)
    }

    /// What `event` depends on of other tasks, but for what came before it for one of `reasons`.
    fn races_of(&self, event: &Event, reasons: &[usize]) -> Vec<usize> {
        let mut races: Vec<usize> = Vec::new();
        for &access in event.footprint.accesses() {
            if may_wait(event.operation.op) {
                races.extend(self.conflicts(access));
            } else {
                races.extend(self.latest(access));
            }
        }
        if event.could_wake {
            // It could have come without having been woken.
            races.extend_from_slice(&event.wakes);
        }
        let is_reason =
            |step: usize| reasons.iter().any(|&other| step == other || self.is_before(step, other));
        races.retain(|&step| self.steps[step].task != event.task && !is_reason(step));
        races.sort_unstable_by(|one, other| other.cmp(one));
        races.dedup();
        races
    }

    /// The steps on a resource that an access to it conflicts with, the latest first.
    fn conflicts(&self, access: Access) -> impl Iterator<Item = usize> {
        let steps = self.resources.get(&access.resource).into_iter().flatten().rev();
        let conflict =
            move |&&(_, effect): &&(usize, Effect)| effect.max(access.effect) > Effect::Looks;
        steps.filter(conflict).map(|&(step, _)| step)
    }

    /// Those of them that do not happen before another one.
    fn latest(&self, access: Access) -> Vec<usize> {
        let mut latest = Vec::new();
        for &(step, effect) in self.resources.get(&access.resource).into_iter().flatten().rev() {
            let is_change = effect > Effect::Looks;
            if is_change && !latest.is_empty() {
                break;
            }
            if is_change || access.effect > Effect::Looks {
                latest.push(step);
            }
            if is_change {
                break;
            }
        }
        latest
    }

    /// A step of `task` after all that is a reason for it.
    fn after(&self, task: TaskId, reasons: &[usize], races: Vec<usize>) -> Known {
        let mut clock = vec![0; self.last.len()];
        for &reason in reasons {
            for (own, seen) in clock.iter_mut().zip(&self.steps[reason].clock) {
                *own = (*own).max(*seen);
            }
        }
        clock[task] += 1;
        let number = clock[task];
        Known { task, clock, number, races }
    }

    /// `event` has happened: later ones may depend on it.
    fn happened(&mut self, event: &Event, step: Known) {
        let index = self.steps.len();
        self.steps.push(step);
        self.last[event.task] = Some(index);
        for access in event.footprint.accesses() {
            self.resources.entry(access.resource).or_default().push((index, access.effect));
        }
    }
}
