//! Sleeping until another task says so, by handle.

use std::{
    borrow::Cow,
    cell::RefCell,
    panic::Location,
    sync::{
        Arc,
        atomic::{
            AtomicBool,
            Ordering::{AcqRel, Acquire, Release},
        },
    },
    time::Duration,
};

use parking_lot::{Condvar, Mutex};

use super::packet::Body;
use crate::control::{self, Controller, Enabled, Kind, Op, Question, Resource};

/// A handle to a task, by which others unpark it.
///
/// # Differences from `std::thread::Thread`
///
/// There is no id and no scheduling priority: only the name, and the permit.
#[derive(Clone, Debug)]
pub struct Thread(Arc<Inner>);

impl PartialEq for Thread {
    /// Whether both are of the same task.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Thread {}

#[derive(Debug)]
struct Inner {
    name: Option<Cow<'static, str>>,
    resource: Resource,
    /// Set by unpark with Release, read and cleared by park with Acquire: what was written before
    /// an unpark is seen after the park that it ends.
    permit: AtomicBool,
    waiting: Mutex<()>,
    given: Condvar,
}

impl Thread {
    pub(super) fn new(name: Option<Cow<'static, str>>) -> Self {
        Self(Arc::new(Inner {
            name,
            resource: Resource::new(Kind::Parker),
            permit: AtomicBool::new(false),
            waiting: Mutex::new(()),
            given: Condvar::new(),
        }))
    }

    /// The task's name.
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Ends the task's park, or its next one if it is not parked. Permits do not add up.
    #[track_caller]
    pub fn unpark(&self) {
        control::step(Op::Unpark, &self.0.resource);
        self.0.permit.store(true, Release);
        drop(self.0.waiting.lock());
        self.0.given.notify_all();
    }

    fn has_permit(&self) -> bool {
        self.0.permit.load(Acquire)
    }

    fn take_permit(&self) -> bool {
        self.0.permit.swap(false, AcqRel)
    }

    fn wait(&self, limit: Option<Duration>) {
        let mut guard = self.0.waiting.lock();
        while !self.take_permit() {
            match limit {
                None => self.0.given.wait(&mut guard),
                Some(limit) => {
                    self.0.given.wait_for(&mut guard, limit);
                    self.take_permit();
                    return;
                }
            }
        }
    }
}

thread_local! {
    /// The task that runs on this OS thread when nobody is in control.
    static RUNNING: RefCell<Option<Thread>> = const { RefCell::new(None) };
}

/// Runs `body` as the task of this OS thread.
pub(super) fn run(body: &dyn Body) {
    RUNNING.set(Some(body.task().thread().clone()));
    body.run();
}

/// The calling task's handle.
pub fn current() -> Thread {
    match control::current() {
        Some(controller) => controller.thread(),
        None => RUNNING.with_borrow_mut(|running| {
            let name = || std::thread::current().name().map(|name| Cow::Owned(name.to_owned()));
            running.get_or_insert_with(|| Thread::new(name())).clone()
        }),
    }
}

/// Sleeps until unparked, or for no reason: park in a loop on a predicate.
#[track_caller]
pub fn park() {
    let thread = current();
    match control::current() {
        None => thread.wait(None),
        Some(controller) => {
            let has_permit = || thread.has_permit();
            let enabled = Enabled::When(&has_permit);
            park_under(controller, &thread, enabled, None, Location::caller());
        }
    }
}

/// Sleeps until unparked, but not longer than `limit`. Under control the time may run out at any
/// moment.
#[track_caller]
pub fn park_timeout(limit: Duration) {
    let thread = current();
    match control::current() {
        None => thread.wait(Some(limit)),
        Some(controller) => {
            park_under(controller, &thread, Enabled::Always, Some(limit), Location::caller());
        }
    }
}

fn park_under(
    controller: &'static dyn Controller,
    thread: &Thread,
    enabled: Enabled<'_>,
    limit: Option<Duration>,
    place: &'static Location<'static>,
) {
    let (resource, timed) = (&thread.0.resource, limit.is_some());
    let _asked =
        control::pose(controller, &Question { op: Op::Park, resource, place, enabled, timed });
    if controller.is_cooperative() {
        // Unparked, out of time, or for no reason: whichever it was, the permit is used up.
        thread.take_permit();
    } else {
        thread.wait(limit);
    }
}
