//! Waiting until a lock's value changes.

use std::{panic::Location, time::Duration};

use crate::{
    MutexGuard,
    control::{self, Controller, Enabled, Kind, Op, Question, Resource, Visible, Wake},
};

/// Where tasks sleep until another says that something changed: `parking_lot`'s condition variable,
/// with a question before each operation.
///
/// ```
/// let (ready, changed) = (sync::Mutex::new(false), sync::Condvar::new());
/// sync::thread::scope(|scope| {
///     scope.spawn(|| {
///         *ready.lock() = true;
///         changed.notify_one();
///     });
///     let mut guard = ready.lock();
///     while !*guard {
///         changed.wait(&mut guard);
///     }
/// });
/// ```
///
/// # Differences from `parking_lot`
///
/// - A wait may return although nobody notified, as std's may and `parking_lot`'s does not: wait in
///   a loop on a predicate.
/// - Under control `notify_one` may wake *any* waiter, and a time limit may run out at any moment.
/// - Notifying returns nothing: how many were woken is not for a program to know.
pub struct Condvar {
    resource: Resource,
    inner: parking_lot::Condvar,
}

/// How a wait with a time limit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether the time ran out.
    pub fn timed_out(self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A condition variable that nobody waits on.
    pub const fn new() -> Self {
        Self { resource: Resource::new(Kind::Condvar), inner: parking_lot::Condvar::new() }
    }

    /// Unlocks the mutex and sleeps, in one step; wakes when notified, or for no reason, and locks
    /// the mutex again.
    #[inline]
    #[track_caller]
    pub fn wait<T: ?Sized>(&self, guard: &mut MutexGuard<'_, T>) {
        let place = Location::caller();
        let Some(controller) = control::current() else { return self.inner.wait(guard.inner()) };
        if controller.is_cooperative() {
            self.sleep(controller, guard, place, Limit::None);
        } else {
            let _asked = control::pose(controller, &self.question(Op::Wait, place, Limit::None));
            self.inner.wait(guard.inner());
        }
    }

    /// Waits while `condition` holds.
    #[inline]
    #[track_caller]
    pub fn wait_while<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) {
        while condition(&mut **guard) {
            self.wait(guard);
        }
    }

    /// Waits, but not longer than `timeout`.
    #[track_caller]
    pub fn wait_for<T: ?Sized>(
        &self,
        guard: &mut MutexGuard<'_, T>,
        timeout: Duration,
    ) -> WaitTimeoutResult {
        let place = Location::caller();
        match control::current() {
            Some(controller) if controller.is_cooperative() => {
                self.sleep(controller, guard, place, Limit::Timed);
                WaitTimeoutResult(controller.delist())
            }
            current => {
                let _asked = current
                    .map(|c| control::pose(c, &self.question(Op::Wait, place, Limit::Timed)));
                WaitTimeoutResult(self.inner.wait_for(guard.inner(), timeout).timed_out())
            }
        }
    }

    /// Wakes one waiter, if there is one. A notification that meets no waiter is lost.
    #[inline]
    #[track_caller]
    pub fn notify_one(&self) {
        self.notify(Op::NotifyOne, Wake::One, Location::caller());
        self.inner.notify_one();
    }

    /// Wakes all who wait now.
    #[inline]
    #[track_caller]
    pub fn notify_all(&self) {
        self.notify(Op::NotifyAll, Wake::All, Location::caller());
        self.inner.notify_all();
    }

    #[inline]
    fn notify(&self, op: Op, wake: Wake, place: &'static Location<'static>) {
        if let Some(controller) = control::current() {
            control::step_at(controller, op, &self.resource, place);
            controller.notify(&self.resource, wake);
        }
    }

    /// A wait under control. Its first half unlocks, in one step with going on the list; its second
    /// half locks again, once the task is off the list by a notification or by time.
    #[inline]
    fn sleep<T: ?Sized>(
        &self,
        controller: &'static dyn Controller,
        guard: &mut MutexGuard<'_, T>,
        place: &'static Location<'static>,
        limit: Limit,
    ) {
        let (condvar, mutex) = (&self.resource, guard.mutex());
        let is_unchanged = guard.is_unchanged();
        control::ask_to_wait(controller, condvar, mutex.resource(), place, is_unchanged);
        parking_lot::MutexGuard::unlocked(guard.inner(), || {
            let (resource, is_free) = (mutex.resource(), || mutex.is_free());
            match limit {
                Limit::None => {
                    control::ask_notified(controller, condvar, resource, place, &is_free);
                }
                Limit::Timed => {
                    controller.enlist(condvar, resource);
                    let (op, enabled) = (Op::Wake, Enabled::When(&is_free));
                    let question = Question { op, resource, place, enabled, timed: true };
                    drop(control::pose(controller, &question));
                }
            }
        });
    }

    fn question(&self, op: Op, place: &'static Location<'static>, limit: Limit) -> Question<'_> {
        let timed = matches!(limit, Limit::Timed);
        Question { op, resource: &self.resource, place, enabled: Enabled::Always, timed }
    }
}

/// Whether a wait ends by itself.
#[derive(Clone, Copy)]
enum Limit {
    None,
    Timed,
}

impl Visible for Condvar {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl Default for Condvar {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Condvar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Condvar")
    }
}
