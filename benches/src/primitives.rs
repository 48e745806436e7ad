//! What a program needs of its primitives, and who provides it: one text then runs on all of them.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    thread as os,
};

/// Locks, condition variables and tasks of one make.
pub trait Primitives: Sized + 'static {
    /// What tasks have in common.
    type Shared<T: Send + Sync + 'static>: Deref<Target = T> + Clone + Send + 'static;
    /// A lock around a value.
    type Mutex<T: Send + 'static>: Send + Sync + 'static;
    /// What is locked, until this is dropped.
    type Guard<'a, T: Send + 'static>: DerefMut<Target = T>;
    /// Where tasks sleep until something has changed.
    type Condvar: Send + Sync + 'static;
    /// A task that can be joined.
    type Task;

    /// The first handle to `value`.
    fn share<T: Send + Sync + 'static>(value: T) -> Self::Shared<T>;

    /// A mutex that is free and holds `value`.
    fn mutex<T: Send + 'static>(value: T) -> Self::Mutex<T>;

    /// Waits until the mutex is free and locks it.
    fn lock<T: Send + 'static>(mutex: &Self::Mutex<T>) -> Self::Guard<'_, T>;

    /// A condition variable that nobody waits on.
    fn condvar() -> Self::Condvar;

    /// Unlocks, sleeps, wakes and locks again.
    fn wait<'a, T: Send + 'static>(
        condvar: &Self::Condvar,
        guard: Self::Guard<'a, T>,
    ) -> Self::Guard<'a, T>;

    /// Wakes one waiter, if there is one.
    fn notify_one(condvar: &Self::Condvar);

    /// Begins a task.
    fn spawn(body: impl FnOnce() + Send + 'static) -> Self::Task;

    /// Waits until the task has ended, well.
    fn join(task: Self::Task);
}

/// What solutions use: the primitives of `sync`.
pub enum Facade {}

impl Primitives for Facade {
    type Shared<T: Send + Sync + 'static> = Arc<T>;
    type Mutex<T: Send + 'static> = sync::Mutex<T>;
    type Guard<'a, T: Send + 'static> = sync::MutexGuard<'a, T>;
    type Condvar = sync::Condvar;
    type Task = sync::thread::JoinHandle<()>;

    fn share<T: Send + Sync + 'static>(value: T) -> Arc<T> {
        Arc::new(value)
    }

    fn mutex<T: Send + 'static>(value: T) -> sync::Mutex<T> {
        sync::Mutex::new(value)
    }

    #[inline]
    #[track_caller]
    fn lock<T: Send + 'static>(mutex: &sync::Mutex<T>) -> Self::Guard<'_, T> {
        mutex.lock()
    }

    fn condvar() -> sync::Condvar {
        sync::Condvar::new()
    }

    #[inline]
    #[track_caller]
    fn wait<'a, T: Send + 'static>(
        condvar: &sync::Condvar,
        mut guard: Self::Guard<'a, T>,
    ) -> Self::Guard<'a, T> {
        condvar.wait(&mut guard);
        guard
    }

    #[inline]
    #[track_caller]
    fn notify_one(condvar: &sync::Condvar) {
        condvar.notify_one();
    }

    #[inline]
    #[track_caller]
    fn spawn(body: impl FnOnce() + Send + 'static) -> Self::Task {
        sync::thread::spawn(body)
    }

    #[inline]
    #[track_caller]
    fn join(task: Self::Task) {
        task.join().expect("the task ends well");
    }
}

/// Shuttle's imitations of std's primitives.
pub enum Shuttle {}

impl Primitives for Shuttle {
    type Shared<T: Send + Sync + 'static> = Arc<T>;
    type Mutex<T: Send + 'static> = shuttle::sync::Mutex<T>;
    type Guard<'a, T: Send + 'static> = shuttle::sync::MutexGuard<'a, T>;
    type Condvar = shuttle::sync::Condvar;
    type Task = shuttle::thread::JoinHandle<()>;

    fn share<T: Send + Sync + 'static>(value: T) -> Arc<T> {
        Arc::new(value)
    }

    fn mutex<T: Send + 'static>(value: T) -> shuttle::sync::Mutex<T> {
        shuttle::sync::Mutex::new(value)
    }

    #[inline]
    #[track_caller]
    fn lock<T: Send + 'static>(mutex: &shuttle::sync::Mutex<T>) -> Self::Guard<'_, T> {
        mutex.lock().expect("nobody panics with the lock")
    }

    fn condvar() -> shuttle::sync::Condvar {
        shuttle::sync::Condvar::new()
    }

    #[inline]
    #[track_caller]
    fn wait<'a, T: Send + 'static>(
        condvar: &shuttle::sync::Condvar,
        guard: Self::Guard<'a, T>,
    ) -> Self::Guard<'a, T> {
        condvar.wait(guard).expect("nobody panics with the lock")
    }

    #[inline]
    #[track_caller]
    fn notify_one(condvar: &shuttle::sync::Condvar) {
        condvar.notify_one();
    }

    #[inline]
    #[track_caller]
    fn spawn(body: impl FnOnce() + Send + 'static) -> Self::Task {
        shuttle::thread::spawn(body)
    }

    #[inline]
    #[track_caller]
    fn join(task: Self::Task) {
        task.join().expect("the task ends well");
    }
}

/// Nobody in between: `parking_lot`, and an OS thread for every task.
pub enum Raw {}

impl Primitives for Raw {
    type Shared<T: Send + Sync + 'static> = Arc<T>;
    type Mutex<T: Send + 'static> = parking_lot::Mutex<T>;
    type Guard<'a, T: Send + 'static> = parking_lot::MutexGuard<'a, T>;
    type Condvar = parking_lot::Condvar;
    type Task = os::JoinHandle<()>;

    fn share<T: Send + Sync + 'static>(value: T) -> Arc<T> {
        Arc::new(value)
    }

    fn mutex<T: Send + 'static>(value: T) -> parking_lot::Mutex<T> {
        parking_lot::Mutex::new(value)
    }

    #[inline]
    fn lock<T: Send + 'static>(mutex: &parking_lot::Mutex<T>) -> Self::Guard<'_, T> {
        mutex.lock()
    }

    fn condvar() -> parking_lot::Condvar {
        parking_lot::Condvar::new()
    }

    #[inline]
    fn wait<'a, T: Send + 'static>(
        condvar: &parking_lot::Condvar,
        mut guard: Self::Guard<'a, T>,
    ) -> Self::Guard<'a, T> {
        condvar.wait(&mut guard);
        guard
    }

    #[inline]
    fn notify_one(condvar: &parking_lot::Condvar) {
        condvar.notify_one();
    }

    fn spawn(body: impl FnOnce() + Send + 'static) -> Self::Task {
        os::spawn(body)
    }

    fn join(task: Self::Task) {
        task.join().expect("the task ends well");
    }
}
