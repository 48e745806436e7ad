//! How a primitive asks, and what it does about the answer.

use std::{cell::Cell, panic::Location, ptr};

use super::{
    Controller, Enabled, Note, Op, Question, Resource, Test, Visible, current, switch::switch,
};

/// What a controller answers to a question: that the operation may be performed, or which stack to
/// leave for which until it may be.
///
/// Who has asked changes stacks, and not the controller: that takes place inside the primitive then,
/// and no return from the controller is left for when the task goes on. A processor foretells a return by
/// the call before it, which would have been another stack's.
#[must_use = "whoever has asked goes on or is sent away"]
pub struct Answer {
    /// Where to put the end of the stack that is left, if it is.
    left: *const Cell<*mut u8>,
    /// The end of the stack to go on with; if none is left, null unless the controller is to be told
    /// that the operation has been performed.
    to: *mut u8,
}

impl Answer {
    /// The operation may be performed now.
    pub const GO: Self = Self { left: ptr::null(), to: ptr::null_mut() };

    /// The same, and the controller is to be told [when it has been](super::Controller::done).
    const GO_AND_TELL: Self = Self { left: ptr::null(), to: ptr::dangling_mut() };

    /// The operation may be performed when the running stack, whose end goes to `left`, is gone on with;
    /// until then the stack is that ends at `to`. Both are told 0.
    ///
    /// # Safety
    ///
    /// Until the answer is heeded, as it is before anything else is done, `left` lives and what
    /// [`switch`] demands of `to` holds.
    #[inline]
    pub unsafe fn leave(left: &Cell<*mut u8>, to: *mut u8) -> Self {
        Self { left, to }
    }

    /// Returns when the operation may be performed: `true` if the controller is to be told when it has
    /// been. Calls `unwind` first if the running stack was left, and told anything but 0 when it was
    /// gone on with.
    #[expect(clippy::inline_always, reason = "a call would be one more return to foretell")]
    #[inline(always)]
    pub fn heed(self, unwind: impl FnOnce()) -> bool {
        if self.left.is_null() {
            return !self.to.is_null();
        }
        // SAFETY: whoever called `leave` answers for both.
        let told = unsafe { switch(&*self.left, self.to, 0) };
        if told != 0 {
            unwind();
        }
        false
    }
}

impl From<bool> for Answer {
    /// What [`ask`](super::Controller::ask) says, which returns only when the operation may be performed.
    #[inline]
    fn from(tell: bool) -> Self {
        if tell { Self::GO_AND_TELL } else { Self::GO }
    }
}

/// Asked and answered: while this lives, the real operation is being performed.
#[must_use = "the operation is over when this is dropped"]
pub struct Asked(Option<&'static dyn Controller>);

impl Drop for Asked {
    #[inline]
    fn drop(&mut self) {
        if let Some(controller) = self.0 {
            controller.done();
        }
    }
}

/// Does what `controller` has answered.
#[expect(clippy::inline_always, reason = "stacks are switched where a task asks")]
#[inline(always)]
fn heed(controller: &'static dyn Controller, answer: Answer) -> Asked {
    Asked(answer.heed(|| controller.unwind()).then_some(controller))
}

/// Asks for an operation that could complete while `test` holds.
#[inline]
#[track_caller]
pub fn ask<T: Visible + ?Sized>(op: Op, on: &T, test: impl Fn(&T) -> bool) -> Asked {
    let Some(controller) = current() else { return Asked(None) };
    let test = || test(on);
    let (resource, place, holds) = (on.resource(), Location::caller(), test());
    // SAFETY: it is heeded.
    heed(controller, unsafe { controller.ask_when(op, resource, place, &test, holds) })
}

/// Asks `controller` for the first half of a wait on `condvar`, with `mutex` held.
#[inline]
pub(crate) fn ask_to_wait(
    controller: &'static dyn Controller,
    condvar: &Resource,
    mutex: &Resource,
    place: &'static Location<'static>,
    is_unchanged: bool,
) {
    // SAFETY: it is heeded.
    let answer = unsafe { controller.ask_to_wait(condvar, mutex, place, is_unchanged) };
    drop(heed(controller, answer));
}

/// Asks `controller` for the second half: returns when the task has been notified, and `test` holds.
#[inline]
pub(crate) fn ask_notified(
    controller: &'static dyn Controller,
    condvar: &Resource,
    mutex: &Resource,
    place: &'static Location<'static>,
    test: Test<'_>,
) {
    // SAFETY: it is heeded.
    drop(heed(controller, unsafe { controller.ask_notified(condvar, mutex, place, test) }));
}

/// Asks for an operation that can always complete.
#[inline]
#[track_caller]
pub fn step<T: Visible + ?Sized>(op: Op, on: &T) {
    if let Some(controller) = current() {
        step_at(controller, op, on.resource(), Location::caller());
    }
}

/// Asks `controller` for an operation at `place` that can always complete.
#[inline]
pub fn step_at(
    controller: &'static dyn Controller,
    op: Op,
    resource: &Resource,
    place: &'static Location<'static>,
) {
    // SAFETY: it is heeded.
    drop(heed(controller, unsafe { controller.ask_always(op, resource, place) }));
}

/// Asks for an operation that can always complete, although others of its kind have to wait: it only
/// looks whether they would, or leaves word.
#[inline]
#[track_caller]
pub fn poll<T: Visible + ?Sized>(op: Op, on: &T) {
    if let Some(controller) = current() {
        poll_at(controller, op, on.resource(), Location::caller());
    }
}

/// The same of `controller`, at `place`.
#[inline]
pub fn poll_at(
    controller: &'static dyn Controller,
    op: Op,
    resource: &Resource,
    place: &'static Location<'static>,
) {
    step_at(controller, op, resource, place);
    controller.note(Note::Needs(0), resource);
}

/// Asks for an operation that gives up by itself when nobody makes it possible. Under control it
/// may be chosen at any moment, and has run out of time if its test does not hold then.
#[inline]
#[track_caller]
pub fn step_timed<T: Visible + ?Sized>(op: Op, on: &T) -> Asked {
    let Some(controller) = current() else { return Asked(None) };
    let (resource, place) = (on.resource(), Location::caller());
    let question = Question { op, resource, place, enabled: Enabled::Always, timed: true };
    let asked = pose(controller, &question);
    controller.note(Note::Needs(0), resource);
    asked
}

/// Poses a question in full.
#[inline]
pub fn pose(controller: &'static dyn Controller, question: &Question<'_>) -> Asked {
    Asked(controller.ask(question).then_some(controller))
}

/// Waits until no other task can move. With nobody in control, or on OS threads, returns at once.
#[track_caller]
pub fn quiesce(on: &Resource) {
    if let Some(controller) = current().filter(|&controller| controller.is_cooperative()) {
        let (place, enabled) = (Location::caller(), Enabled::Quiescent);
        let question = Question { op: Op::Quiesce, resource: on, place, enabled, timed: false };
        drop(pose(controller, &question));
    }
}
