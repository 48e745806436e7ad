//! Mutual exclusion that can be held across an await.

use std::{
    fmt,
    future::Future,
    ops::{Deref, DerefMut},
    panic::Location,
};

pub use tokio::sync::TryLockError;

use super::step::step;
use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    note::Frees,
};

/// A lock around a value, for tasks that await: Tokio's mutex, with a question before each
/// operation.
///
/// ```
/// # sync::task::block_on(async {
/// let count = sync::future::Mutex::new(0);
/// *count.lock().await += 1;
/// assert_eq!(count.into_inner(), 1);
/// # });
/// ```
///
/// # Differences from `tokio::sync::Mutex`
///
/// - Unlocking asks nothing: whoever could observe it asks before its own operation.
/// - There is no `lock_owned`, no `blocking_lock` and no mapping of guards.
pub struct Mutex<T: ?Sized> {
    resource: Resource,
    inner: tokio::sync::Mutex<T>,
}

/// What is locked, until this is dropped.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct MutexGuard<'a, T: ?Sized> {
    _frees: Frees<'a>,
    inner: tokio::sync::MutexGuard<'a, T>,
}

impl<T> Mutex<T> {
    /// A mutex that is free and holds `value`.
    pub const fn new(value: T) -> Self {
        Self { resource: Resource::new(Kind::Mutex), inner: tokio::sync::Mutex::const_new(value) }
    }

    /// The value: nobody else can have it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the mutex is free and locks it, first come first served.
    #[track_caller]
    pub fn lock(&self) -> impl Future<Output = MutexGuard<'_, T>> {
        let place = Location::caller();
        async move {
            step(Op::Lock, &self.resource, place);
            self.taken(self.inner.lock().await)
        }
    }

    /// Locks the mutex if it is free.
    ///
    /// # Errors
    ///
    /// If it is not.
    #[track_caller]
    pub fn try_lock(&self) -> Result<MutexGuard<'_, T>, TryLockError> {
        control::step(Op::TryLock, self);
        self.inner.try_lock().map(|inner| self.taken(inner))
    }

    /// The value: `&mut self` shows that nobody holds the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    /// Says that the mutex has been locked: the step that asked for it may be long past.
    fn taken<'a>(&'a self, inner: tokio::sync::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        control::note(Note::Taken, &self.resource);
        MutexGuard { _frees: Frees(&self.resource), inner }
    }
}

impl<T: ?Sized> Visible for Mutex<T> {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
