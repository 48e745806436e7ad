//! Where the value is replaced.

use std::{future::Future, panic::Location, sync::Arc};

use tokio::sync::watch;

use super::{Receiver, Ref, Shared, error::SendError};
use crate::{
    control::{self, Op},
    future::step::step,
};

/// Replaces the value. See the [module](super) for the *Differences from Tokio*.
#[derive(Debug)]
pub struct Sender<T> {
    shared: Arc<Shared>,
    inner: watch::Sender<T>,
}

impl<T> Sender<T> {
    pub(super) fn new(inner: watch::Sender<T>, shared: Arc<Shared>) -> Self {
        Self { shared, inner }
    }

    /// Replaces the value, if there is a receiver.
    ///
    /// # Errors
    ///
    /// `value`, if there is no receiver.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        let _asked = control::ask(Op::Store, &*self.shared, Shared::may_write);
        self.inner.send(value)
    }

    /// Replaces the value, and gives the one before.
    #[track_caller]
    pub fn send_replace(&self, value: T) -> T {
        let _asked = control::ask(Op::Store, &*self.shared, Shared::may_write);
        self.inner.send_replace(value)
    }

    /// Changes the value in place.
    #[track_caller]
    pub fn send_modify(&self, modify: impl FnOnce(&mut T)) {
        self.send_if_modified(|value| {
            modify(value);
            true
        });
    }

    /// Changes the value in place, and tells the receivers if `modify` says that it has.
    #[track_caller]
    pub fn send_if_modified(&self, modify: impl FnOnce(&mut T) -> bool) -> bool {
        let asked = control::ask(Op::Update, &*self.shared, Shared::may_write);
        self.inner.send_if_modified(|value| {
            // Whoever modifies does not wait any more.
            drop(asked);
            let _writing = self.shared.writing();
            let is_modified = modify(value);
            control::freed(&self.shared.resource);
            is_modified
        })
    }

    /// The value now.
    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        let _asked = control::ask(Op::Load, &*self.shared, Shared::may_read);
        Ref::new(&self.shared, self.inner.borrow())
    }

    /// One more receiver, which has seen the value.
    #[track_caller]
    pub fn subscribe(&self) -> Receiver<T> {
        control::step(Op::Load, &*self.shared);
        Receiver::new(self.inner.subscribe(), Arc::clone(&self.shared))
    }

    /// Waits until there is no receiver.
    #[track_caller]
    pub fn closed(&self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            step(Op::Wait, &self.shared.resource, place);
            self.inner.closed().await;
        }
    }

    /// Whether there is no receiver.
    #[track_caller]
    pub fn is_closed(&self) -> bool {
        control::step(Op::Load, &*self.shared);
        self.inner.is_closed()
    }

    /// How many receivers there are now.
    #[track_caller]
    pub fn receiver_count(&self) -> usize {
        control::step(Op::Load, &*self.shared);
        self.inner.receiver_count()
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        control::freed(&self.shared.resource);
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self::new(self.inner.clone(), Arc::clone(&self.shared))
    }
}
