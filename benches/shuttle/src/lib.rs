//! Shuttle's primitives under the names and with the signatures of `sync`'s, as far as the corpus
//! uses them: a program's text then compiles on both.

use std::{
    ops::{Deref, DerefMut},
    sync::{PoisonError, TryLockError},
};

pub use shuttle::{sync::Barrier, thread};

/// Atomic variables.
pub mod atomic {
    pub use shuttle::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
}

/// A lock around a value, which nobody poisons.
#[derive(Default)]
pub struct Mutex<T>(shuttle::sync::Mutex<T>);

/// What is locked, until this is dropped.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct MutexGuard<'a, T>(Option<shuttle::sync::MutexGuard<'a, T>>);

/// Where tasks sleep until something has changed.
#[derive(Default)]
pub struct Condvar(shuttle::sync::Condvar);

/// A lock around a value, for many readers or one writer, which nobody poisons.
#[derive(Default)]
pub struct RwLock<T>(shuttle::sync::RwLock<T>);

/// What is believed of every guard.
const HELD: &str = "the guard is only away while its task waits";

impl<T> Mutex<T> {
    /// A mutex that is free and holds `value`.
    pub fn new(value: T) -> Self {
        Self(shuttle::sync::Mutex::new(value))
    }

    /// Waits until the mutex is free and locks it.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard(Some(self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Locks the mutex if it is free.
    pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        match self.0.try_lock() {
            Ok(guard) => Some(MutexGuard(Some(guard))),
            Err(TryLockError::Poisoned(poisoned)) => Some(MutexGuard(Some(poisoned.into_inner()))),
            Err(TryLockError::WouldBlock) => None,
        }
    }
}

impl<T> RwLock<T> {
    /// A lock that is free and holds `value`.
    pub fn new(value: T) -> Self {
        Self(shuttle::sync::RwLock::new(value))
    }

    /// Waits until nobody writes, and locks it for reading.
    pub fn read(&self) -> shuttle::sync::RwLockReadGuard<'_, T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else has it, and locks it for writing.
    pub fn write(&self) -> shuttle::sync::RwLockWriteGuard<'_, T> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Condvar {
    /// A condition variable on which nobody sleeps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Unlocks, sleeps, wakes and locks again.
    pub fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
        let inner = guard.0.take().expect(HELD);
        guard.0 = Some(self.0.wait(inner).unwrap_or_else(PoisonError::into_inner));
    }

    /// Wakes one waiter, if there is one.
    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    /// Wakes all waiters.
    pub fn notify_all(&self) {
        self.0.notify_all();
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect(HELD)
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.as_mut().expect(HELD)
    }
}
