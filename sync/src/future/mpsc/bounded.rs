//! A channel that makes its senders wait when it is full.

use std::{future::Future, panic::Location};

use tokio::sync::mpsc;

use super::error::{SendError, TryRecvError, TrySendError};
use crate::{
    control::{self, Kind, Op},
    future::step::step,
    note::Handle,
};

/// A channel with room for `capacity` messages.
///
/// # Panics
///
/// If `capacity` is zero, as Tokio's does: there is no rendezvous among async tasks.
#[track_caller]
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = mpsc::channel(capacity);
    let channel = Handle::new(Kind::Channel);
    (Sender { channel: channel.clone(), inner: sender }, Receiver { channel, inner: receiver })
}

/// Sends messages, and waits where there is no room. See the [module](super) for the *Differences
/// from Tokio*.
#[derive(Debug)]
pub struct Sender<T> {
    channel: Handle,
    inner: mpsc::Sender<T>,
}

/// Receives messages. See the [module](super) for the *Differences from Tokio*.
#[derive(Debug)]
pub struct Receiver<T> {
    channel: Handle,
    inner: mpsc::Receiver<T>,
}

impl<T> Sender<T> {
    /// Waits until there is room, first come first served, and sends `message`.
    ///
    /// # Errors
    ///
    /// The message, if the receiver is closed or gone.
    #[track_caller]
    pub fn send(&self, message: T) -> impl Future<Output = Result<(), SendError<T>>> {
        let place = Location::caller();
        async move {
            step(Op::Send, &self.channel, place);
            self.inner.send(message).await
        }
    }

    /// Sends `message` if there is room.
    ///
    /// # Errors
    ///
    /// The message, if there is no room, or the receiver is closed or gone.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        control::step(Op::TrySend, &*self.channel);
        self.inner.try_send(message)
    }

    /// Waits until the receiver is closed or gone.
    #[track_caller]
    pub fn closed(&self) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            step(Op::Wait, &self.channel, place);
            self.inner.closed().await;
        }
    }

    /// Whether the receiver is closed or gone.
    #[track_caller]
    pub fn is_closed(&self) -> bool {
        control::step(Op::Load, &*self.channel);
        self.inner.is_closed()
    }

    /// For how many messages there is room now.
    #[track_caller]
    pub fn capacity(&self) -> usize {
        control::step(Op::Load, &*self.channel);
        self.inner.capacity()
    }

    /// For how many messages there is room in the empty channel.
    pub fn max_capacity(&self) -> usize {
        self.inner.max_capacity()
    }
}

impl<T> Receiver<T> {
    /// Waits for a message; `None` if the channel is empty and closed, or without a sender.
    #[track_caller]
    pub fn recv(&mut self) -> impl Future<Output = Option<T>> {
        let place = Location::caller();
        async move {
            step(Op::Receive, &self.channel, place);
            self.inner.recv().await
        }
    }

    /// Receives a message if there is one.
    ///
    /// # Errors
    ///
    /// If there is no message, or no sender any more either.
    #[track_caller]
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        control::step(Op::TryReceive, &*self.channel);
        self.inner.try_recv()
    }

    /// Lets nobody send any more; what has been sent can still be received.
    #[track_caller]
    pub fn close(&mut self) {
        control::step(Op::Disconnect, &*self.channel);
        self.inner.close();
    }

    /// How many messages are in the channel now.
    #[track_caller]
    pub fn len(&self) -> usize {
        control::step(Op::Load, &*self.channel);
        self.inner.len()
    }

    /// Whether there is no message in the channel now.
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        control::step(Op::Load, &*self.channel);
        self.inner.is_empty()
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { channel: self.channel.clone(), inner: self.inner.clone() }
    }
}
