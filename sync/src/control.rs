//! The seam between the primitives and whoever controls them.
//!
//! A primitive asks before each visible operation and then performs the real one. With nobody in
//! control the question is one thread-local load. A controller is an engine: it may suspend the
//! asking task, wake another, add noise, or take notes.

#![expect(
    unsafe_code,
    reason = "stacks are switched where a task asks, and nowhere else in this crate"
)]

use std::{
    borrow::Cow,
    cell::Cell,
    future::Future,
    panic::Location,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

mod ask;
pub mod switch;

pub use self::ask::{Answer, Asked, ask, poll, poll_at, pose, quiesce, step, step_at, step_timed};
pub(crate) use self::ask::{ask_notified, ask_to_wait};
pub use crate::{
    note::{Note, freed, freed_unchanged, note},
    op::Op,
    resource::{Kind, Resource, Visible},
};
use crate::{
    resource::NUMBERS,
    thread::{Body, Scope, Thread},
};

/// A task's number within its execution, counted from zero in order of spawning.
pub type TaskId = usize;

/// Whether a pending operation could complete now.
pub type Test<'a> = &'a dyn Fn() -> bool;

/// When a pending operation could complete.
#[derive(Clone, Copy)]
pub enum Enabled<'a> {
    /// At any time.
    Always,
    /// While the test holds.
    When(Test<'a>),
    /// Once the task has been [notified](Controller::notify), and the test holds.
    Notified(Test<'a>),
    /// When so much virtual time has passed; at any time where it is not kept.
    After(Duration),
    /// While no other task's pending operation could complete.
    Quiescent,
}

impl<'a> Enabled<'a> {
    /// The test on which it depends, if it does.
    #[inline]
    pub fn test(&self) -> Option<Test<'a>> {
        match *self {
            Self::When(test) | Self::Notified(test) => Some(test),
            Self::Always | Self::After(_) | Self::Quiescent => None,
        }
    }

    /// The same of one that depends on a notification.
    #[inline]
    pub fn sleeps(&self) -> Option<Test<'a>> {
        match *self {
            Self::Notified(test) => Some(test),
            _ => None,
        }
    }
}

/// An operation that a task is about to perform.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// What the task is about to do.
    pub op: Op,
    /// What it acts on.
    pub resource: &'a Resource,
    /// Where in the source the operation stands.
    pub place: &'static Location<'static>,
    /// When it could complete.
    pub enabled: Enabled<'a>,
    /// Whether it ends by itself after some time, whatever the others do.
    pub timed: bool,
}

/// How many waiters a notification wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Any one of them.
    One,
    /// All of them.
    All,
}

/// An engine, as a primitive sees it.
///
/// The methods speak of the calling task, the one that runs on this OS thread now.
pub trait Controller {
    /// Returns when the operation may be performed. `true` asks for a call of
    /// [`done`](Controller::done) when it has been.
    fn ask(&self, question: &Question<'_>) -> bool;

    /// The same for the most frequent kind of question: the operation can always complete.
    ///
    /// # Safety
    ///
    /// The answer is [heeded](Answer::heed) before anything else is done.
    unsafe fn ask_always(
        &self,
        op: Op,
        resource: &Resource,
        place: &'static Location<'static>,
    ) -> Answer {
        let enabled = Enabled::Always;
        self.ask(&Question { op, resource, place, enabled, timed: false }).into()
    }

    /// The same for the second most frequent kind: the operation can complete while `test` holds.
    /// `holds` is what it says now.
    ///
    /// # Safety
    ///
    /// The answer is [heeded](Answer::heed) before anything else is done.
    unsafe fn ask_when(
        &self,
        op: Op,
        resource: &Resource,
        place: &'static Location<'static>,
        test: Test<'_>,
        _holds: bool,
    ) -> Answer {
        let enabled = Enabled::When(test);
        self.ask(&Question { op, resource, place, enabled, timed: false }).into()
    }

    /// The same for the first half of a wait on `condvar`, which can always begin: `mutex` is held, and
    /// `is_unchanged` says whether it guards [what it guarded](Note::Unchanged) when it was taken.
    ///
    /// # Safety
    ///
    /// The answer is [heeded](Answer::heed) before anything else is done.
    unsafe fn ask_to_wait(
        &self,
        condvar: &Resource,
        mutex: &Resource,
        place: &'static Location<'static>,
        is_unchanged: bool,
    ) -> Answer {
        if is_unchanged {
            self.note(Note::Unchanged, mutex);
        }
        let (op, resource, enabled) = (Op::Wait, condvar, Enabled::Always);
        self.ask(&Question { op, resource, place, enabled, timed: false }).into()
    }

    /// The same for the second half: [enlists](Controller::enlist) the task, which can go on once it has
    /// been [notified](Controller::notify), while `test` holds. Locking is what the others can see of
    /// that, so it is the mutex that is asked about.
    ///
    /// # Safety
    ///
    /// The answer is [heeded](Answer::heed) before anything else is done.
    unsafe fn ask_notified(
        &self,
        condvar: &Resource,
        mutex: &Resource,
        place: &'static Location<'static>,
        test: Test<'_>,
    ) -> Answer {
        self.enlist(condvar, mutex);
        let (op, resource, enabled) = (Op::Wake, mutex, Enabled::Notified(test));
        self.ask(&Question { op, resource, place, enabled, timed: false }).into()
    }

    /// The task has been sent away by an [`Answer`], and its execution is over: unwinds.
    fn unwind(&self) {
        unreachable!("only those unwind who were sent away");
    }

    /// The operation last asked for has been performed.
    fn done(&self);

    /// Whether blocking operations must be left to the controller: it resumes a task only when its
    /// operation cannot block, so waiting lists are its own and a real wait would last for ever.
    fn is_cooperative(&self) -> bool;

    /// Puts the task on the waiting list of `condvar`, and lets go of `mutex`.
    fn enlist(&self, condvar: &Resource, mutex: &Resource);

    /// Takes the task off the waiting list it is on; `false` if a notification already has.
    fn delist(&self) -> bool;

    /// Wakes waiters of `condvar`.
    fn notify(&self, condvar: &Resource, wake: Wake);

    /// Begins a task that is spawned at `place`.
    fn spawn(&self, body: Arc<dyn Body>, place: &'static Location<'static>);

    /// Where async tasks run, if not as tasks of the controller's own.
    fn runtime(&self) -> Option<&'static dyn Runtime>;

    /// Calls `body` with a scope that begins at `place`, and returns when every task that was spawned
    /// in it has ended.
    fn scope<'env>(
        &self,
        place: &'static Location<'static>,
        body: &mut dyn for<'scope> FnMut(Scope<'scope, 'env>),
    );

    /// The calling task's number.
    fn task(&self) -> TaskId;

    /// The calling task's handle.
    fn thread(&self) -> Thread;

    /// One of `0..alternatives`: a choice of the strategy, or noise on OS threads.
    fn choose(&self, alternatives: usize) -> usize;

    /// The task does something that is no operation of its own; never a scheduling point.
    fn note(&self, _note: Note, _on: &Resource) {}

    /// The task lets go of `on`: the most frequent [note](Note::Freed).
    fn freed(&self, on: &Resource) {
        self.note(Note::Freed, on);
    }

    /// The same of a lock that guards [what it guarded](Note::Unchanged) when it was taken.
    fn freed_unchanged(&self, on: &Resource) {
        self.note(Note::Unchanged, on);
        self.note(Note::Freed, on);
    }

    /// The task has changed `on`, which holds a value that `value` tells as a number: what others can
    /// see of it is that, and not how it came about.
    fn holds(&self, _on: &Resource, _value: &dyn Fn() -> u64) {}

    /// The task has changed the atomic `on`: its bits were `before`, and are `after`.
    fn stored(&self, _on: &Resource, _before: u64, _after: u64) {}

    /// The bits that the load under way sees of the atomic `on`, if those are older than what it holds.
    fn sees(&self, _on: &Resource) -> Option<u64> {
        None
    }

    /// Whether the execution is over, and the task runs on only to show what it would have done.
    fn is_over(&self) -> bool {
        false
    }

    /// Whether what the task is about to do fails now, although it could succeed: only asked where
    /// that is allowed.
    fn fails_for_no_reason(&self) -> bool {
        false
    }

    /// Keeps [virtual time](crate::time::keep) until the execution ends; `false` if there is none.
    fn keep_time(&self) -> bool {
        false
    }

    /// How much virtual time has passed, where it is kept.
    fn time(&self) -> Option<Duration> {
        None
    }
}

/// A place where async tasks run.
pub trait Runtime {
    /// Begins an async task, which those who wait for its end know as `task`.
    fn spawn(
        &self,
        name: Option<Cow<'static, str>>,
        task: &Resource,
        future: Pin<Box<dyn Future<Output = ()> + Send>>,
    );

    /// Polls `future` until it is ready, on the calling thread.
    fn block_on(&self, future: Pin<&mut dyn Future<Output = ()>>);
}

thread_local! {
    static CURRENT: Cell<Option<&'static dyn Controller>> = const { Cell::new(None) };
}

/// Who controls the task that runs on this OS thread.
#[inline]
pub fn current() -> Option<&'static dyn Controller> {
    CURRENT.get()
}

/// Whether somebody is in control to whom blocking must be left.
pub fn is_cooperative() -> bool {
    current().is_some_and(Controller::is_cooperative)
}

/// Whether what the calling task is about to do, and could do, fails: whoever is in control decides.
pub(crate) fn fails_for_no_reason() -> bool {
    current().is_some_and(Controller::fails_for_no_reason)
}

/// Whether the execution is over, and the calling task runs on only to show what it would have done:
/// whatever is recorded must not be told any more.
pub fn is_over() -> bool {
    current().is_some_and(Controller::is_over)
}

/// Puts `controller` in charge of this OS thread until the answer is dropped.
pub fn install(controller: &'static dyn Controller) -> Installed {
    Installed { previous: CURRENT.replace(Some(controller)) }
}

/// Takes whoever is in charge of this OS thread out of it until the answer is dropped.
pub fn suspend() -> Installed {
    Installed { previous: CURRENT.replace(None) }
}

/// Gives this OS thread back to whoever controlled it before, when dropped.
#[must_use = "control ends when this is dropped"]
pub struct Installed {
    previous: Option<&'static dyn Controller>,
}

impl Drop for Installed {
    fn drop(&mut self) {
        CURRENT.set(self.previous);
    }
}

/// What stands for one more execution in this process, and for no other: a multiple of 2²⁰ above zero.
pub fn next_execution() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(NUMBERS);
    NEXT.fetch_add(NUMBERS, Relaxed)
}

/// Puts `items` in an order that the engine in control chooses; leaves them as they are if nobody
/// is.
pub fn choose_order<T>(items: &mut [T]) {
    let Some(controller) = current() else { return };
    for last in (1..items.len()).rev() {
        let other = last - controller.choose(last + 1);
        items.swap(last, other);
    }
}

/// As [`choose_order`], but only where the order in which tasks are started matters: on OS threads.
/// Under control the strategy decides who is next anyway.
pub fn shuffle<T>(items: &mut [T]) {
    if !is_cooperative() {
        choose_order(items);
    }
}
