//! Who only waits for a change by looking again and again.

use std::panic::Location;

use sync::control::{Note, Op, TaskId};

use super::{footprint::Effect, history::Event};
use crate::{strategy::Choices, trace::Operation};

/// What each task has looked at since it yielded last.
///
/// A task that yields in a loop would look again, see the same, and yield again. Letting it wait
/// until something has changed makes loops that spin end. It leaves no behaviour out where a loop
/// [keeps nothing](sync::thread::yield_while). Of any other yield that is not known, so the first one
/// at each place waits for nobody: whoever yields once and goes on may do so at any time.
#[derive(Debug, Default)]
pub(super) struct Spinning(Vec<Looked>);

#[derive(Debug, Default)]
struct Looked {
    at: Vec<u32>,
    /// Whether somebody else has changed something of it since.
    has_changed: bool,
    /// Where it has yielded.
    yielded: Vec<&'static Location<'static>>,
    /// In how many loops it is that keep nothing.
    loops: usize,
}

impl Looked {
    /// It looks anew at everything.
    fn forget(&mut self) {
        self.at.clear();
        self.has_changed = false;
    }
}

impl Spinning {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    fn task(&mut self, task: TaskId) -> &mut Looked {
        if self.0.len() <= task {
            self.0.resize_with(task + 1, Looked::default);
        }
        &mut self.0[task]
    }

    /// `event` has happened. What a yield has waited for goes into its footprint, since it comes
    /// after what has changed that.
    pub(super) fn happened(&mut self, event: &mut Event) {
        let (task, own) = (event.task, event.operation.resource);
        for access in event.footprint.accesses() {
            let has_changed = access.effect > Effect::Looks;
            if has_changed && (access.resource != own || event.has_changed) {
                self.changed(task, access.resource);
            }
        }
        let looked = self.task(task);
        if event.operation.op == Op::Yield {
            let looked_at = looked.at.drain(..);
            looked_at.for_each(|resource| event.footprint.touch(resource, Effect::Looks));
            looked.has_changed = false;
            if !looked.yielded.contains(&event.operation.place) {
                looked.yielded.push(event.operation.place);
            }
        } else if event.operation.op.may_be_polling() && !looked.at.contains(&own) {
            looked.at.push(own);
        }
        if event.looks_anew {
            looked.forget();
        }
    }

    /// `task` begins a loop that keeps nothing, or leaves it; or it has seen an older store, and would see
    /// another one if it looked again.
    pub(super) fn noted(&mut self, task: TaskId, note: Note) {
        let Looked { loops, has_changed, .. } = self.task(task);
        match note {
            Note::Looks => *loops += 1,
            Note::Looked => *loops = loops.saturating_sub(1),
            Note::Saw(_) => *has_changed = true,
            _ => {}
        }
    }

    /// Whether something has changed of what `task` has looked at.
    pub(super) fn has_news(&self, task: TaskId) -> bool {
        self.0.get(task).is_some_and(|looked| looked.has_changed)
    }

    /// `task` changes `resource`.
    fn changed(&mut self, task: TaskId, resource: u32) {
        for (other, looked) in self.0.iter_mut().enumerate() {
            looked.has_changed |= other != task && looked.at.contains(&resource);
        }
    }

    /// The enabled tasks without those that would only look again. If there are no others, they spin
    /// until somebody takes that for quiet, or for ever: each has its turn, in no order that matters.
    pub(super) fn without_idle(&self, choices: &Choices<'_>) -> Vec<(TaskId, Operation)> {
        let enabled = choices.enabled().iter().map(|&task| (task, choices.operation(task)));
        let mut enabled: Vec<_> = enabled.collect();
        enabled.sort_unstable_by_key(|&(task, _)| task);
        let busy: Vec<_> = enabled.iter().copied().filter(|busy| !self.is_idle(busy)).collect();
        if !busy.is_empty() {
            return busy;
        }
        let last = choices.current();
        let next = enabled.iter().find(|&&(task, _)| Some(task) > last).or(enabled.first());
        next.into_iter().copied().collect()
    }

    /// Whether all who are enabled would only look again.
    pub(super) fn are_all_idle(&self, choices: &Choices<'_>) -> bool {
        choices.enabled().iter().all(|&task| self.is_idle(&(task, choices.operation(task))))
    }

    fn is_idle(&self, (task, operation): &(TaskId, Operation)) -> bool {
        let looked = self.0.get(*task);
        operation.op == Op::Yield
            && looked.is_some_and(|looked| {
                let is_repeated = looked.loops > 0 || looked.yielded.contains(&operation.place);
                is_repeated && !looked.at.is_empty() && !looked.has_changed
            })
    }
}
