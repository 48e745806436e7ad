//! What a primitive tells without asking: things that happen within a step, after its operation.
//!
//! Nobody is scheduled because of a note. It is there for those who look at an execution when it is
//! over: who held which lock, and what happened before what.

use std::{ops::Deref, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    control,
    op::Op,
    resource::{Kind, Resource},
};

/// Something that the running task does with a resource before its next scheduling point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Note {
    /// A lock has been taken: by an attempt, or after having been awaited.
    Taken,
    /// A guard, a permit or a handle is dropped, or an initialiser is done: whoever comes to the
    /// resource afterwards sees what the task has done.
    Freed,
    /// The update that was asked for has failed: it was no more than this load.
    OnlyLoaded(Op),
    /// A task is begun; the resource is what others join it by.
    Spawned,
    /// The resource is what wakes the task when a future that it polls was pending.
    Awaits,
    /// A task is woken that sleeps, or awaits, on the resource.
    Woken,
    /// What the lock guards has not been changed since it was taken: told before it is let go of.
    Unchanged,
    /// Those who wait for the resource stand in a queue, so their order matters.
    Queued,
    /// The last of a round has arrived at a barrier.
    Opened,
    /// The task that was begun last does what all others do of which this resource is told: no two of
    /// them can be told apart.
    Alike,
    /// A loop begins in which the task waits: it looks, and yields, and looks again.
    Looks,
    /// The task has forgotten what it has seen since such a loop began: it looks anew, or is done.
    Forgets,
    /// The loop that began last is over.
    Looked,
    /// The load under way sees a store that so many later ones have replaced already.
    Saw(u32),
    /// Of what the operation under way gives to those who wait for it, there was only so much before:
    /// permits, messages, or room for them, or a value.
    Had(u32),
    /// The operation under way had to wait until so much was there; else it is one.
    Needs(u32),
}

/// Tells the engine in control, if there is one.
#[inline]
pub fn note(note: Note, on: &Resource) {
    if let Some(controller) = control::current() {
        controller.note(note, on);
    }
}

/// Tells the engine in control, if there is one, that the running task lets go of `on`.
#[inline]
pub fn freed(on: &Resource) {
    if let Some(controller) = control::current() {
        controller.freed(on);
    }
}

/// The same of a lock that guards what it guarded when it was taken.
#[inline]
pub fn freed_unchanged(on: &Resource) {
    if let Some(controller) = control::current() {
        controller.freed_unchanged(on);
    }
}

/// Tells the engine in control, if there is one and blocking is left to it, how much
/// [there was](Note::Had) before the operation under way.
#[inline]
pub(crate) fn had(on: &Resource, amount: impl FnOnce() -> usize) {
    if let Some(controller) = control::current()
        && controller.is_cooperative()
    {
        controller.note(Note::Had(bounded(amount())), on);
    }
}

/// A number of permits or messages, or the highest if there are more.
pub(crate) fn bounded(amount: usize) -> u32 {
    u32::try_from(amount).unwrap_or(u32::MAX)
}

/// Tells, when it is dropped, that a guard or a permit goes. Stands before the real one in its
/// struct: fields are dropped in order, and a note comes before what it tells of.
#[derive(Debug)]
pub(crate) struct Frees<'a>(pub(crate) &'a Resource);

impl Drop for Frees<'_> {
    fn drop(&mut self) {
        freed(self.0);
    }
}

/// As [`Frees`], of a guard through which nothing can be changed.
#[derive(Debug)]
pub(crate) struct FreesUnchanged<'a>(pub(crate) &'a Resource);

impl Drop for FreesUnchanged<'_> {
    fn drop(&mut self) {
        freed_unchanged(self.0);
    }
}

/// A channel's resource, shared by its handles. Tells when one is dropped: whoever sees the channel
/// disconnected sees what was done before. Stands before the real handle in its struct.
#[derive(Clone, Debug)]
pub(crate) struct Handle(Arc<Resource>);

impl Handle {
    pub(crate) fn new(kind: Kind) -> Self {
        Self(Arc::new(Resource::new(kind)))
    }
}

impl Deref for Handle {
    type Target = Resource;

    fn deref(&self) -> &Resource {
        &self.0
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        freed(&self.0);
    }
}
