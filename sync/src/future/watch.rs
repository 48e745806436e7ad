//! A value that many async tasks watch: Tokio's channel, with a question before each operation.
//!
//! ```
//! use sync::{future::watch, task};
//!
//! task::block_on(async {
//!     let (sender, mut receiver) = watch::channel(0);
//!     task::spawn(async move { sender.send(1) });
//!     receiver.changed().await.expect("a change comes before the sender is gone");
//!     assert_eq!(*receiver.borrow(), 1);
//! });
//! ```
//!
//! # Differences from `tokio::sync::watch`
//!
//! - Dropping a handle or a reference asks nothing: whoever could observe it asks before its own
//!   operation.
//! - A reference does not tell whether the value has changed.

mod receiver;
mod sender;

use std::{ops::Deref, sync::Arc};

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::watch;

pub use tokio::sync::watch::error;

pub use self::{receiver::Receiver, sender::Sender};
use crate::{
    control::{self, Kind, Resource, Visible},
    note::FreesUnchanged,
};

/// A channel that holds `value`, which the receiver has seen.
pub fn channel<T>(value: T) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = watch::channel(value);
    let shared = Arc::new(Shared { resource: Resource::new(Kind::Watch), in_use: RwLock::new(()) });
    (Sender::new(sender, Arc::clone(&shared)), Receiver::new(receiver, shared))
}

/// What all handles of one channel share besides Tokio's own part.
#[derive(Debug)]
struct Shared {
    resource: Resource,
    /// Locked as Tokio's own lock around the value is, which cannot be asked whether it is free.
    /// Under control only, where a wait for that lock would block everybody.
    in_use: RwLock<()>,
}

impl Shared {
    fn may_read(&self) -> bool {
        !self.in_use.is_locked_exclusive()
    }

    fn may_write(&self) -> bool {
        !self.in_use.is_locked()
    }

    /// Notes that the value is being read.
    fn reading(&self) -> Option<RwLockReadGuard<'_, ()>> {
        if control::is_cooperative() { self.in_use.try_read() } else { None }
    }

    /// Notes that the value is being written.
    fn writing(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        if control::is_cooperative() { self.in_use.try_write() } else { None }
    }
}

impl<'a, T> Ref<'a, T> {
    fn new(shared: &'a Shared, value: watch::Ref<'a, T>) -> Self {
        Self { _frees: FreesUnchanged(&shared.resource), value, _reading: shared.reading() }
    }
}

impl Visible for Shared {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

/// The value, which nobody can replace until this is dropped.
#[must_use = "the value is locked until this is dropped"]
#[derive(Debug)]
pub struct Ref<'a, T> {
    _frees: FreesUnchanged<'a>,
    value: watch::Ref<'a, T>,
    _reading: Option<RwLockReadGuard<'a, ()>>,
}

impl<T> Deref for Ref<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
