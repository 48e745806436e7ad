//! Telling async tasks that something has changed.

use std::{
    future::Future,
    panic::Location,
    pin::Pin,
    task::{Context, Poll},
};

use super::step::step;
use crate::control::{self, Kind, Note, Op, Resource, Visible};

/// A signal from one async task to another: Tokio's notify, with a question before each operation.
///
/// It holds at most one permit: a notification that comes before the wait is not lost, the second
/// of two is.
///
/// ```
/// # sync::task::block_on(async {
/// let ready = sync::future::Notify::new();
/// ready.notify_one();
/// ready.notified().await;
/// # });
/// ```
///
/// # Differences from `tokio::sync::Notify`
///
/// - Two questions for one wait: when [`notified`](Self::notified) is called, because from then on
///   `notify_waiters` counts, and when its future is polled.
/// - There is no `notify_last` and no `notified_owned`.
#[derive(Debug)]
pub struct Notify {
    resource: Resource,
    inner: tokio::sync::Notify,
}

/// A wait for a notification. `notify_waiters` ends it from the moment it is made, `notify_one` from
/// the moment it is first polled or [enabled](Self::enable).
#[derive(Debug)]
pub struct Notified<'a> {
    resource: &'a Resource,
    /// Where it was made; asked about once.
    place: Option<&'static Location<'static>>,
    /// In a box, since only unsafe code could pin a field.
    inner: Pin<Box<tokio::sync::futures::Notified<'a>>>,
}

impl Notify {
    /// Nobody has been notified.
    pub const fn new() -> Self {
        let inner = tokio::sync::Notify::const_new();
        Self { resource: Resource::new(Kind::Notify), inner }
    }

    /// A wait for a notification.
    #[track_caller]
    pub fn notified(&self) -> Notified<'_> {
        // Reads how many times all were notified. Without this question a notification could never
        // fall between the program's own test and this wait, where it is lost.
        control::step(Op::Load, self);
        Notified {
            resource: &self.resource,
            place: Some(Location::caller()),
            inner: Box::pin(self.inner.notified()),
        }
    }

    /// Wakes the one that has waited longest, or leaves a permit for the next one to wait.
    #[track_caller]
    pub fn notify_one(&self) {
        control::step(Op::NotifyOne, self);
        control::note(Note::Queued, &self.resource);
        self.inner.notify_one();
    }

    /// Wakes all whose wait has been made, and leaves no permit.
    #[track_caller]
    pub fn notify_waiters(&self) {
        control::step(Op::NotifyAll, self);
        control::note(Note::Queued, &self.resource);
        self.inner.notify_waiters();
    }
}

impl Notified<'_> {
    /// Lets `notify_one` count from now on. `true` if there is a notification already.
    #[track_caller]
    pub fn enable(mut self: Pin<&mut Self>) -> bool {
        self.place = None;
        step(Op::Wait, self.resource, Location::caller());
        self.inner.as_mut().enable()
    }
}

impl Future for Notified<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if let Some(place) = self.place.take() {
            step(Op::Wait, self.resource, place);
        }
        self.inner.as_mut().poll(context)
    }
}

impl Visible for Notify {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl Default for Notify {
    fn default() -> Self {
        Self::new()
    }
}
