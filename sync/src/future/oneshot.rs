//! A channel for one message: Tokio's, with a question before each operation.
//!
//! ```
//! use sync::{future::oneshot, task};
//!
//! let (sender, receiver) = oneshot::channel();
//! sender.send("foo").expect("the receiver is alive");
//! assert_eq!(task::block_on(receiver), Ok("foo"));
//! ```
//!
//! # Differences from `tokio::sync::oneshot`
//!
//! - Dropping a handle asks nothing: whoever could observe it asks before its own operation.
//! - A receiver that is awaited asks once, at its first poll.

use std::{
    future::Future,
    panic::Location,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::sync::oneshot;

pub use tokio::sync::oneshot::error;

use self::error::{RecvError, TryRecvError};
use super::step::step;
use crate::{
    control::{self, Kind, Op},
    note::Handle,
};

/// A channel for one message.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = oneshot::channel();
    let channel = Handle::new(Kind::Channel);
    (
        Sender { channel: channel.clone(), inner: sender },
        Receiver { channel, has_asked: false, inner: receiver },
    )
}

/// Sends the message. See the [module](self) for the *Differences from Tokio*.
#[derive(Debug)]
pub struct Sender<T> {
    channel: Handle,
    inner: oneshot::Sender<T>,
}

/// Receives the message, when it is awaited. See the [module](self) for the *Differences from
/// Tokio*.
#[derive(Debug)]
pub struct Receiver<T> {
    channel: Handle,
    has_asked: bool,
    inner: oneshot::Receiver<T>,
}

impl<T> Sender<T> {
    /// Sends `message`, which always has room.
    ///
    /// # Errors
    ///
    /// The message, if the receiver is closed or gone.
    #[track_caller]
    pub fn send(self, message: T) -> Result<(), T> {
        control::step(Op::Send, &*self.channel);
        self.inner.send(message)
    }

    /// Waits until the receiver is closed or gone.
    #[track_caller]
    pub fn closed(&mut self) -> impl Future<Output = ()> {
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

impl<T> Receiver<T> {
    /// Receives the message if it is there.
    ///
    /// # Errors
    ///
    /// If it is not, or will never be.
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
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, RecvError>;

    /// Waits for the message. An error says that the sender is gone without having sent one.
    // An `.await` polls from its own line, so that is where the question points.
    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if !self.has_asked {
            self.has_asked = true;
            control::poll(Op::Receive, &*self.channel);
        }
        Pin::new(&mut self.inner).poll(context)
    }
}
