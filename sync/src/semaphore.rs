//! Permits, counted.

use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    note,
};

/// A count of permits that tasks take and give (Dijkstra's P and V, 1965).
///
/// Permits belong to nobody: one task may give what another took, so a semaphore can hand over a
/// turn as well as guard a resource.
///
/// ```
/// let permits = sync::Semaphore::new(1);
/// permits.acquire();
/// assert!(!permits.try_acquire());
/// permits.release();
/// assert_eq!(permits.available(), 1);
/// ```
///
/// # Differences from its models
///
/// - Neither std nor `parking_lot` has one; this is a `parking_lot` mutex and condition variable.
/// - `acquire` gives no guard: `tokio::sync::Semaphore` does, and here `release` is a call.
/// - Nobody queues: a task that comes later may be served first.
#[derive(Debug)]
pub struct Semaphore {
    resource: Resource,
    permits: parking_lot::Mutex<usize>,
    given: parking_lot::Condvar,
}

impl Semaphore {
    /// A semaphore that holds `permits`.
    pub const fn new(permits: usize) -> Self {
        Self {
            resource: Resource::new(Kind::Semaphore),
            permits: parking_lot::Mutex::new(permits),
            given: parking_lot::Condvar::new(),
        }
    }

    /// Waits for a permit and takes it.
    #[inline]
    #[track_caller]
    pub fn acquire(&self) {
        self.acquire_many(1);
    }

    /// Waits until `permits` are there and takes them all at once.
    #[inline]
    #[track_caller]
    pub fn acquire_many(&self, permits: usize) {
        let _asked = control::ask(Op::Acquire, self, |semaphore| semaphore.has(permits));
        if permits != 1 {
            control::note(Note::Needs(note::bounded(permits)), &self.resource);
        }
        let mut held = self.permits.lock();
        while *held < permits {
            self.given.wait(&mut held);
        }
        *held -= permits;
    }

    /// Takes a permit if one is there.
    #[inline]
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        self.try_acquire_many(1)
    }

    /// Takes `permits` at once if all of them are there.
    #[inline]
    #[track_caller]
    pub fn try_acquire_many(&self, permits: usize) -> bool {
        control::step(Op::TryAcquire, self);
        let mut held = self.permits.lock();
        let enough = *held >= permits;
        if enough {
            *held -= permits;
        }
        enough
    }

    /// Gives a permit.
    ///
    /// # Panics
    ///
    /// If there would be more than `usize::MAX` permits.
    #[inline]
    #[track_caller]
    pub fn release(&self) {
        self.release_many(1);
    }

    /// Gives `permits` at once.
    ///
    /// # Panics
    ///
    /// If there would be more than `usize::MAX` permits.
    #[inline]
    #[track_caller]
    pub fn release_many(&self, permits: usize) {
        control::step(Op::Release, self);
        note::had(&self.resource, || *self.permits.lock());
        let mut held = self.permits.lock();
        *held = held.checked_add(permits).expect("a semaphore holds at most usize::MAX permits");
        // All, because one waiter may want many: waking only that one would lose the permit that
        // another could have used.
        self.given.notify_all();
    }

    /// How many permits are there now. Others may take them before the answer is used.
    #[track_caller]
    pub fn available(&self) -> usize {
        control::step(Op::Load, self);
        *self.permits.lock()
    }

    fn has(&self, permits: usize) -> bool {
        *self.permits.lock() >= permits
    }
}

impl Visible for Semaphore {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}
