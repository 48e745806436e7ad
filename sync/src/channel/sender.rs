//! The side that messages go in at.

use std::{
    fmt,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use super::{Limit, SendError, SendTimeoutError, Shared, TrySendError, rendezvous::Rendezvous};
use crate::{
    control::{self, Op},
    note,
};

/// Sends messages; the channel is disconnected when the last sender is dropped. See the
/// [module](super) for the *Differences from crossbeam*.
pub struct Sender<T> {
    inner: crossbeam_channel::Sender<T>,
    shared: Arc<Shared<T>>,
}

impl<T> Sender<T> {
    pub(super) fn new(inner: crossbeam_channel::Sender<T>, shared: Arc<Shared<T>>) -> Self {
        shared.senders.fetch_add(1, Relaxed);
        Self { inner, shared }
    }

    /// Waits until there is room, and sends `message`.
    ///
    /// # Errors
    ///
    /// The message, if there is no receiver any more.
    #[inline]
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        if let Some(rendezvous) = self.shared.rendezvous() {
            let met = self.meet(rendezvous, message, Limit::None);
            return met.map_err(|error| SendError(error.into_inner()));
        }
        let _asked = control::ask(Op::Send, &*self.shared, |shared| {
            !self.inner.is_full() || !shared.has_receivers()
        });
        self.had();
        self.inner.send(message)
    }

    /// Sends `message` if there is room; without any, if a receiver is waiting for it.
    ///
    /// # Errors
    ///
    /// The message, if there is no room, or no receiver any more.
    #[inline]
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        control::step(Op::TrySend, &*self.shared);
        if let Some(rendezvous) = self.shared.rendezvous() {
            return self.hand_over(rendezvous, message);
        }
        self.had();
        self.inner.try_send(message)
    }

    /// Sends `message` if there is room within `timeout`. Under control the time may run out at any
    /// moment.
    ///
    /// # Errors
    ///
    /// The message, if the time has run out, or there is no receiver any more.
    #[track_caller]
    pub fn send_timeout(&self, message: T, timeout: Duration) -> Result<(), SendTimeoutError<T>> {
        if let Some(rendezvous) = self.shared.rendezvous() {
            return self.meet(rendezvous, message, Limit::Timed).map_err(out_of_time);
        }
        let _asked = control::step_timed(Op::Send, &*self.shared);
        self.had();
        if control::is_cooperative() {
            return self.inner.try_send(message).map_err(out_of_time);
        }
        self.inner.send_timeout(message, timeout)
    }

    /// How many messages are in the channel now.
    #[track_caller]
    pub fn len(&self) -> usize {
        control::step(Op::Load, &*self.shared);
        self.inner.len()
    }

    /// Whether there is no message in the channel now.
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        control::step(Op::Load, &*self.shared);
        self.inner.is_empty()
    }

    /// Whether there is no room now. A channel without room is always full, and always empty.
    #[track_caller]
    pub fn is_full(&self) -> bool {
        control::step(Op::Load, &*self.shared);
        self.inner.is_full()
    }

    /// For how many messages there is room; `None` if for any number.
    pub fn capacity(&self) -> Option<usize> {
        self.inner.capacity()
    }

    /// Arrives with `message`, and passes when a receiver has taken it. Out of time, it is "full".
    #[track_caller]
    fn meet(
        &self,
        rendezvous: &Rendezvous<T>,
        message: T,
        limit: Limit,
    ) -> Result<(), TrySendError<T>> {
        control::step(Op::Send, &*self.shared);
        let message = match self.hand_over(rendezvous, message) {
            Err(TrySendError::Full(message)) => message,
            over => return over,
        };
        let offer = rendezvous.offer(message);
        self.shared.wait(limit, |shared| rendezvous.is_taken(offer) || !shared.has_receivers());
        rendezvous.withdraw(offer).map_or(Ok(()), |message| Err(self.refused(message)))
    }

    /// Tells how many messages there were for receivers before this one.
    fn had(&self) {
        note::had(&self.shared.resource, || self.inner.len());
    }

    /// Gives `message` to a receiver that is already there.
    fn hand_over(&self, rendezvous: &Rendezvous<T>, message: T) -> Result<(), TrySendError<T>> {
        rendezvous.hand_over(message).map_err(|message| self.refused(message))
    }

    fn refused(&self, message: T) -> TrySendError<T> {
        if self.shared.has_receivers() {
            TrySendError::Full(message)
        } else {
            TrySendError::Disconnected(message)
        }
    }
}

/// What a send with a time limit says where one without waiting has failed.
fn out_of_time<T>(error: TrySendError<T>) -> SendTimeoutError<T> {
    match error {
        TrySendError::Full(message) => SendTimeoutError::Timeout(message),
        TrySendError::Disconnected(message) => SendTimeoutError::Disconnected(message),
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self::new(self.inner.clone(), Arc::clone(&self.shared))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        control::freed(&self.shared.resource);
        self.shared.senders.fetch_sub(1, Relaxed);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
