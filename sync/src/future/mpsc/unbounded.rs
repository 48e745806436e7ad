//! A channel that always has room.

use std::{future::Future, panic::Location};

use tokio::sync::mpsc;

use super::error::{SendError, TryRecvError};
use crate::{
    control::{self, Kind, Op},
    future::step::step,
    note::Handle,
};

/// A channel with room for any number of messages.
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let channel = Handle::new(Kind::Channel);
    (
        UnboundedSender { channel: channel.clone(), inner: sender },
        UnboundedReceiver { channel, inner: receiver },
    )
}

/// Sends messages, without ever waiting. See the [module](super) for the *Differences from Tokio*.
#[derive(Debug)]
pub struct UnboundedSender<T> {
    channel: Handle,
    inner: mpsc::UnboundedSender<T>,
}

/// Receives messages. See the [module](super) for the *Differences from Tokio*.
#[derive(Debug)]
pub struct UnboundedReceiver<T> {
    channel: Handle,
    inner: mpsc::UnboundedReceiver<T>,
}

impl<T> UnboundedSender<T> {
    /// Sends `message`.
    ///
    /// # Errors
    ///
    /// The message, if the receiver is closed or gone.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        control::step(Op::Send, &*self.channel);
        self.inner.send(message)
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
}

impl<T> UnboundedReceiver<T> {
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

impl<T> Clone for UnboundedSender<T> {
    fn clone(&self) -> Self {
        Self { channel: self.channel.clone(), inner: self.inner.clone() }
    }
}
