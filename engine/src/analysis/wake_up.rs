//! Sleepers that nobody woke, and what became of the notification.
//!
//! A sleeper counts if it went on when it was woken for no reason, after the deadlock: it sleeps
//! although what it waits for is so. The trace then tells which notification should have woken it.

use sync::control::{Kind, Note, Op, TaskId};

use super::{
    History,
    cause::{Cause, Loss, Stuck},
};
use crate::trace::Operation;

/// A sleep on a condition variable that should have ended.
struct Sleep<'a> {
    history: History<'a>,
    sleeper: TaskId,
    condvar: u32,
    mutex: u32,
    /// The step in which it fell asleep.
    since: usize,
    /// The step in which it had locked the mutex.
    locked: usize,
}

/// A sleeper on a condition variable whose notification was lost.
pub(super) fn condvar(history: History<'_>, stuck: &[Stuck]) -> Option<Cause> {
    sleeps(history, stuck).find_map(|sleep| {
        let loss = sleep.elsewhere().or_else(|| sleep.too_early())?;
        Some(sleep.cause(loss))
    })
}

/// A sleeper on a condition variable that nobody has notified since it fell asleep.
pub(super) fn never_sent(history: History<'_>, stuck: &[Stuck]) -> Option<Cause> {
    sleeps(history, stuck)
        .find(|sleep| !sleep.notifications().any(|(step, _)| step > sleep.since))
        .map(|sleep| sleep.cause(Loss::NeverSent))
}

/// An async task that awaits a notification of which `notify_waiters` has kept none: all there was
/// came before anybody waited.
pub(super) fn notify(history: History<'_>, stuck: &[Stuck]) -> Option<Cause> {
    stuck.iter().find_map(|stuck| {
        let Operation { op, resource, place } = stuck.waits;
        if op != Op::Wait || history.kind(resource) != Kind::Notify {
            return None;
        }
        let mut steps = history.steps.iter().enumerate();
        let mut on_it = steps.by_ref().filter(|(_, step)| step.operation.resource == resource);
        let (early, first) =
            on_it.next().filter(|(_, first)| first.operation.op == Op::NotifyAll)?;
        let notifies = |op| matches!(op, Op::NotifyOne | Op::NotifyAll);
        if on_it.any(|(_, step)| notifies(step.operation.op)) {
            return None;
        }
        Some(Cause::LostWakeUp {
            sleeper: (history.tasks)(stuck.task),
            number: stuck.task,
            on: history.name(resource),
            since: place.into(),
            loss: Loss::TooEarly {
                notifier: (history.tasks)(first.task),
                place: history.place(early),
            },
        })
    })
}

fn sleeps<'a>(history: History<'a>, stuck: &[Stuck]) -> impl Iterator<Item = Sleep<'a>> {
    let awake = stuck.iter().filter(move |stuck| {
        stuck.goes_on
            && stuck.waits.op == Op::Wait
            && history.kind(stuck.waits.resource) == Kind::Condvar
    });
    awake.filter_map(move |stuck| {
        let (condvar, mutex) = (stuck.waits.resource, stuck.pending.resource);
        let mut past = history.back(stuck.task, history.steps.len());
        let falls_asleep =
            |operation: Operation| operation.op == Op::Wait && operation.resource == condvar;
        let (since, _) = past.by_ref().find(|&(_, operation)| falls_asleep(operation))?;
        let locks = |operation: Operation| {
            operation.resource == mutex && matches!(operation.op, Op::Lock | Op::TryLock | Op::Wake)
        };
        let (locked, _) = past.find(|&(_, operation)| locks(operation))?;
        Some(Sleep { history, sleeper: stuck.task, condvar, mutex, since, locked })
    })
}

impl Sleep<'_> {
    /// The notifications on the condition variable, each with whom it woke, the last one first.
    fn notifications(&self) -> impl Iterator<Item = (usize, Option<TaskId>)> {
        let is_one = |operation: Operation| {
            operation.resource == self.condvar
                && matches!(operation.op, Op::NotifyOne | Op::NotifyAll)
        };
        let steps = self.history.steps.iter().enumerate().rev();
        steps
            .filter(move |(_, step)| is_one(step.operation))
            .map(|(index, _)| (index, self.woken(index)))
    }

    /// Whom step number `step` woke.
    fn woken(&self, step: usize) -> Option<TaskId> {
        let mut notes = self.history.notes.iter().filter(|noted| noted.after == step + 1);
        let woken = notes.find(|noted| noted.note == Note::Woken)?;
        Some(self.history.resources[woken.resource as usize].number as usize)
    }

    /// A notification since then that woke another, which did nothing but look, and slept again.
    fn elsewhere(&self) -> Option<Loss> {
        let since = self.notifications().filter(|&(step, _)| step > self.since);
        let (step, woken) = since
            .filter_map(|(step, woken)| Some((step, woken?)))
            .find(|&(step, woken)| self.sleeps_again(woken, step))?;
        let (notifier, place) = self.told(step);
        Some(Loss::Elsewhere { notifier, place, woken: (self.history.tasks)(woken) })
    }

    /// Whether `woken` did nothing after step number `step` but wake, look, and sleep here again.
    fn sleeps_again(&self, woken: TaskId, step: usize) -> bool {
        let steps = self.history.steps[step + 1..].iter().filter(|later| later.task == woken);
        let mut operations = steps.map(|later| later.operation);
        operations.next().is_some_and(|operation| operation.op == Op::Wake)
            && operations
                .find(|operation| operation.op.changes())
                .is_some_and(|next| next.op == Op::Wait && next.resource == self.condvar)
    }

    /// The last notification, if the task had looked before it, and slept after it; or if it met
    /// nobody, and nothing that the task could have looked at has changed since.
    fn too_early(&self) -> Option<Loss> {
        let (step, woken) = self.notifications().next().filter(|&(step, _)| step < self.since)?;
        let unseen = step > self.locked;
        let later = &self.history.steps[self.since + 1..];
        let unchanged = later.iter().all(|later| later.operation.resource != self.mutex);
        let is_lost = unseen || woken.is_none() && unchanged;
        let (notifier, place) = self.told(step);
        is_lost.then_some(Loss::TooEarly { notifier, place })
    }

    fn told(&self, step: usize) -> (String, crate::trace::Place) {
        ((self.history.tasks)(self.history.steps[step].task), self.history.place(step))
    }

    fn cause(&self, loss: Loss) -> Cause {
        Cause::LostWakeUp {
            sleeper: (self.history.tasks)(self.sleeper),
            number: self.sleeper,
            on: self.history.name(self.condvar),
            since: self.history.place(self.since),
            loss,
        }
    }
}
