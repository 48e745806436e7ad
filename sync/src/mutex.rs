//! Mutual exclusion.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    time::Duration,
};

use crate::control::{self, Kind, Note, Op, Resource, Visible};

/// A lock around a value: `parking_lot`'s mutex, with a question before each operation.
///
/// ```
/// let count = sync::Mutex::new(0);
/// *count.lock() += 1;
/// assert_eq!(count.into_inner(), 1);
/// ```
///
/// # Differences from `parking_lot`
///
/// - Unlocking asks nothing: whoever could observe it asks before its own operation.
/// - Under control nobody queues: of several tasks that wait, the strategy picks the next owner.
/// - There is no fair unlocking and no mapping of guards.
pub struct Mutex<T: ?Sized> {
    resource: Resource,
    inner: parking_lot::Mutex<T>,
}

/// What is locked, until this is dropped.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    /// Whether the value may have been changed since it was locked.
    is_changed: bool,
    inner: parking_lot::MutexGuard<'a, T>,
}

impl<T> Mutex<T> {
    /// A mutex that is free and holds `value`.
    pub const fn new(value: T) -> Self {
        Self { resource: Resource::new(Kind::Mutex), inner: parking_lot::Mutex::new(value) }
    }

    /// The value: nobody else can have it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until the mutex is free and locks it. Not reentrant: a task that locks twice waits
    /// for itself.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        let _asked = control::ask(Op::Lock, self, Self::is_free);
        MutexGuard { mutex: self, is_changed: false, inner: self.inner.lock() }
    }

    /// Locks the mutex if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        control::step(Op::TryLock, self);
        self.inner.try_lock().map(|inner| self.taken(inner))
    }

    /// Locks the mutex if it becomes free within `timeout`. Under control the time may run out at
    /// any moment.
    #[track_caller]
    pub fn try_lock_for(&self, timeout: Duration) -> Option<MutexGuard<'_, T>> {
        let _asked = control::step_timed(Op::TryLock, self);
        let inner = if control::is_cooperative() {
            self.inner.try_lock()
        } else {
            self.inner.try_lock_for(timeout)
        };
        inner.map(|inner| self.taken(inner))
    }

    /// Whether somebody holds the lock now.
    #[track_caller]
    pub fn is_locked(&self) -> bool {
        control::step(Op::TryLock, self);
        self.inner.is_locked()
    }

    /// The value: `&mut self` shows that nobody holds the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    pub(crate) fn is_free(&self) -> bool {
        !self.inner.is_locked()
    }

    /// Says that an attempt has succeeded.
    fn taken<'a>(&'a self, inner: parking_lot::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        control::note(Note::Taken, &self.resource);
        MutexGuard { mutex: self, is_changed: false, inner }
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Runs `action` with the mutex unlocked, and locks it again.
    #[track_caller]
    pub fn unlocked<R>(guard: &mut Self, action: impl FnOnce() -> R) -> R {
        let mutex = guard.mutex;
        guard.let_go();
        parking_lot::MutexGuard::unlocked(&mut guard.inner, || {
            let answer = action();
            drop(control::ask(Op::Lock, mutex, Mutex::is_free));
            answer
        })
    }

    pub(crate) fn mutex(&self) -> &'a Mutex<T> {
        self.mutex
    }

    /// Whether the value is what it was when it was locked: somebody who only looks then comes before
    /// or after others who only look, and nobody sees the difference. From here on it counts as
    /// unchanged.
    pub(crate) fn is_unchanged(&mut self) -> bool {
        !std::mem::take(&mut self.is_changed)
    }

    /// Says that the mutex is about to be unlocked.
    #[inline]
    fn let_go(&mut self) {
        if std::mem::take(&mut self.is_changed) {
            control::freed(&self.mutex.resource);
        } else {
            control::freed_unchanged(&self.mutex.resource);
        }
    }

    pub(crate) fn inner(&mut self) -> &mut parking_lot::MutexGuard<'a, T> {
        &mut self.inner
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.let_go();
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
        self.is_changed = true;
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
