//! The side that messages come out at.

use std::{
    fmt,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use super::{
    Iter, Limit, RecvError, RecvTimeoutError, Shared, TryIter, TryRecvError, rendezvous::Rendezvous,
};
use crate::{
    control::{self, Op},
    note,
};

/// Receives messages, each of which goes to one receiver; the channel is disconnected when the last
/// receiver is dropped. See the [module](super) for the *Differences from crossbeam*.
pub struct Receiver<T> {
    inner: crossbeam_channel::Receiver<T>,
    shared: Arc<Shared<T>>,
}

impl<T> Receiver<T> {
    pub(super) fn new(inner: crossbeam_channel::Receiver<T>, shared: Arc<Shared<T>>) -> Self {
        shared.receivers.fetch_add(1, Relaxed);
        Self { inner, shared }
    }

    /// Waits for a message.
    ///
    /// # Errors
    ///
    /// If the channel is empty and there is no sender any more.
    #[inline]
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        if let Some(rendezvous) = self.shared.rendezvous() {
            return self.meet(rendezvous, Limit::None).map_err(|_| RecvError);
        }
        let _asked = control::ask(Op::Receive, &*self.shared, |shared| {
            !self.inner.is_empty() || !shared.has_senders()
        });
        self.had();
        self.inner.recv()
    }

    /// Receives a message if there is one; without room for any, if a sender is waiting with one.
    ///
    /// # Errors
    ///
    /// If there is no message, or no sender any more either.
    #[inline]
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        control::step(Op::TryReceive, &*self.shared);
        if let Some(rendezvous) = self.shared.rendezvous() {
            return rendezvous.take().ok_or_else(|| self.refused());
        }
        self.had();
        self.inner.try_recv()
    }

    /// Waits for a message, but not longer than `timeout`. Under control the time may run out at
    /// any moment.
    ///
    /// # Errors
    ///
    /// If the time has run out, or the channel is empty and there is no sender any more.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        if let Some(rendezvous) = self.shared.rendezvous() {
            return self.meet(rendezvous, Limit::Timed).map_err(out_of_time);
        }
        let _asked = control::step_timed(Op::Receive, &*self.shared);
        self.had();
        if control::is_cooperative() {
            return self.inner.try_recv().map_err(out_of_time);
        }
        self.inner.recv_timeout(timeout)
    }

    /// All messages to come, until the channel is disconnected.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter::new(self)
    }

    /// The messages that are there now; never waits.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter::new(self)
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

    /// Arrives, and passes when a sender has handed a message over. Out of time, it is "empty".
    #[track_caller]
    fn meet(&self, rendezvous: &Rendezvous<T>, limit: Limit) -> Result<T, TryRecvError> {
        control::step(Op::Receive, &*self.shared);
        if let Some(message) = rendezvous.take() {
            return Ok(message);
        }
        if !self.shared.has_senders() {
            return Err(TryRecvError::Disconnected);
        }
        let wish = rendezvous.wish();
        self.shared.wait(limit, |shared| rendezvous.is_given(wish) || !shared.has_senders());
        rendezvous.collect(wish).ok_or_else(|| self.refused())
    }

    /// Tells how much room there was for senders before a message is taken.
    fn had(&self) {
        let room = |capacity| capacity - self.inner.len();
        note::had(&self.shared.resource, || self.inner.capacity().map_or(usize::MAX, room));
    }

    fn refused(&self) -> TryRecvError {
        if self.shared.has_senders() { TryRecvError::Empty } else { TryRecvError::Disconnected }
    }
}

/// What a receive with a time limit says where one without waiting has failed.
fn out_of_time(error: TryRecvError) -> RecvTimeoutError {
    match error {
        TryRecvError::Empty => RecvTimeoutError::Timeout,
        TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Self::new(self.inner.clone(), Arc::clone(&self.shared))
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        control::freed(&self.shared.resource);
        self.shared.receivers.fetch_sub(1, Relaxed);
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
