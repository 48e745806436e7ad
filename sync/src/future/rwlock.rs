//! Many readers or one writer, across an await.

use std::{
    fmt,
    future::Future,
    ops::{Deref, DerefMut},
    panic::Location,
};

use super::{TryLockError, step::step};
use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    note::Frees,
};

/// A lock around a value that many may read at once, for tasks that await: Tokio's read-write lock,
/// with a question before each operation.
///
/// ```
/// # sync::task::block_on(async {
/// let word = sync::future::RwLock::new("foo");
/// {
///     let (one, other) = (word.read().await, word.read().await);
///     assert_eq!(*one, *other);
///     assert!(word.try_write().is_err());
/// }
/// *word.write().await = "bar";
/// assert_eq!(word.into_inner(), "bar");
/// # });
/// ```
///
/// # Differences from `tokio::sync::RwLock`
///
/// - Unlocking asks nothing: whoever could observe it asks before its own operation.
/// - There are no owned guards, no downgrading and no mapping.
pub struct RwLock<T: ?Sized> {
    resource: Resource,
    inner: tokio::sync::RwLock<T>,
}

/// What is locked for reading, until this is dropped.
#[must_use = "the lock is released when the guard is dropped"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    _frees: Frees<'a>,
    inner: tokio::sync::RwLockReadGuard<'a, T>,
}

/// What is locked for writing, until this is dropped.
#[must_use = "the lock is released when the guard is dropped"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    _frees: Frees<'a>,
    inner: tokio::sync::RwLockWriteGuard<'a, T>,
}

impl<T> RwLock<T> {
    /// A lock that is free and holds `value`.
    pub const fn new(value: T) -> Self {
        Self { resource: Resource::new(Kind::RwLock), inner: tokio::sync::RwLock::const_new(value) }
    }

    /// The value: nobody else can have it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until nobody writes, nor waits to, and locks for reading.
    #[track_caller]
    pub fn read(&self) -> impl Future<Output = RwLockReadGuard<'_, T>> {
        let place = Location::caller();
        async move {
            step(Op::Read, &self.resource, place);
            self.reading(self.inner.read().await)
        }
    }

    /// Waits until nobody reads or writes, and locks for writing.
    #[track_caller]
    pub fn write(&self) -> impl Future<Output = RwLockWriteGuard<'_, T>> {
        let place = Location::caller();
        async move {
            step(Op::Write, &self.resource, place);
            self.writing(self.inner.write().await)
        }
    }

    /// Locks for reading if nobody writes, nor waits to.
    ///
    /// # Errors
    ///
    /// If somebody does.
    #[track_caller]
    pub fn try_read(&self) -> Result<RwLockReadGuard<'_, T>, TryLockError> {
        control::step(Op::TryRead, self);
        self.inner.try_read().map(|inner| self.reading(inner))
    }

    /// Locks for writing if nobody reads or writes.
    ///
    /// # Errors
    ///
    /// If somebody does.
    #[track_caller]
    pub fn try_write(&self) -> Result<RwLockWriteGuard<'_, T>, TryLockError> {
        control::step(Op::TryWrite, self);
        self.inner.try_write().map(|inner| self.writing(inner))
    }

    /// The value: `&mut self` shows that nobody holds the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn reading<'a>(&'a self, inner: tokio::sync::RwLockReadGuard<'a, T>) -> RwLockReadGuard<'a, T> {
        control::note(Note::Taken, &self.resource);
        RwLockReadGuard { _frees: Frees(&self.resource), inner }
    }

    fn writing<'a>(
        &'a self,
        inner: tokio::sync::RwLockWriteGuard<'a, T>,
    ) -> RwLockWriteGuard<'a, T> {
        control::note(Note::Taken, &self.resource);
        RwLockWriteGuard { _frees: Frees(&self.resource), inner }
    }
}

impl<T: ?Sized> Visible for RwLock<T> {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
