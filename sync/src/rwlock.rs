//! Many readers or one writer.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    note::{Frees, FreesUnchanged},
};

/// A lock around a value that many may read at once: `parking_lot`'s read-write lock, with a
/// question before each operation.
///
/// ```
/// let word = sync::RwLock::new("foo");
/// {
///     let (one, other) = (word.read(), word.read());
///     assert_eq!(*one, *other);
///     assert!(word.try_write().is_none());
/// }
/// *word.write() = "bar";
/// assert_eq!(word.into_inner(), "bar");
/// ```
///
/// # Differences from `parking_lot`
///
/// - Unlocking asks nothing: whoever could observe it asks before its own operation.
/// - Under control nobody queues: a writer that waits holds up no reader. A task that reads twice
///   at once can therefore stop for ever on OS threads (a writer may stand between its two reads)
///   and not under control.
/// - There are no upgradable reads, no time limits and no mapping of guards.
pub struct RwLock<T: ?Sized> {
    resource: Resource,
    inner: parking_lot::RwLock<T>,
}

/// What is locked for reading, until this is dropped.
#[must_use = "the lock is released when the guard is dropped"]
pub struct RwLockReadGuard<'a, T: ?Sized> {
    _frees: FreesUnchanged<'a>,
    inner: parking_lot::RwLockReadGuard<'a, T>,
}

/// What is locked for writing, until this is dropped.
#[must_use = "the lock is released when the guard is dropped"]
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    _frees: Frees<'a>,
    inner: parking_lot::RwLockWriteGuard<'a, T>,
}

impl<T> RwLock<T> {
    /// A lock that is free and holds `value`.
    pub const fn new(value: T) -> Self {
        Self { resource: Resource::new(Kind::RwLock), inner: parking_lot::RwLock::new(value) }
    }

    /// The value: nobody else can have it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Waits until nobody writes, and locks for reading.
    #[inline]
    #[track_caller]
    pub fn read(&self) -> RwLockReadGuard<'_, T> {
        let _asked = control::ask(Op::Read, self, |lock| !lock.inner.is_locked_exclusive());
        self.reading(self.inner.read())
    }

    /// Waits until nobody reads or writes, and locks for writing.
    #[inline]
    #[track_caller]
    pub fn write(&self) -> RwLockWriteGuard<'_, T> {
        let _asked = control::ask(Op::Write, self, |lock| !lock.inner.is_locked());
        self.writing(self.inner.write())
    }

    /// Locks for reading if nobody writes.
    #[track_caller]
    pub fn try_read(&self) -> Option<RwLockReadGuard<'_, T>> {
        control::step(Op::TryRead, self);
        let inner = self.inner.try_read()?;
        control::note(Note::Taken, &self.resource);
        Some(self.reading(inner))
    }

    /// Locks for writing if nobody reads or writes.
    #[track_caller]
    pub fn try_write(&self) -> Option<RwLockWriteGuard<'_, T>> {
        control::step(Op::TryWrite, self);
        let inner = self.inner.try_write()?;
        control::note(Note::Taken, &self.resource);
        Some(self.writing(inner))
    }

    /// The value: `&mut self` shows that nobody holds the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn reading<'a>(&'a self, inner: parking_lot::RwLockReadGuard<'a, T>) -> RwLockReadGuard<'a, T> {
        RwLockReadGuard { _frees: FreesUnchanged(&self.resource), inner }
    }

    fn writing<'a>(
        &'a self,
        inner: parking_lot::RwLockWriteGuard<'a, T>,
    ) -> RwLockWriteGuard<'a, T> {
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
