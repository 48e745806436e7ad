//! Permits, counted, for tasks that await.

use std::{future::Future, panic::Location, sync::Arc};

pub use tokio::sync::{AcquireError, TryAcquireError};

use super::step::step;
use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    note::Frees,
};

/// A count of permits that async tasks take and give: Tokio's semaphore, with a question before
/// each operation.
///
/// ```
/// # sync::task::block_on(async {
/// let permits = sync::future::Semaphore::new(2);
/// let permit = permits.acquire().await.expect("nobody closes the semaphore");
/// assert_eq!(permits.available_permits(), 1);
/// drop(permit);
/// assert_eq!(permits.available_permits(), 2);
/// # });
/// ```
///
/// # Differences from `tokio::sync::Semaphore`
///
/// - Giving a permit back by dropping it asks nothing; [`add_permits`](Self::add_permits) asks.
/// - Permits can neither be split nor merged, nor forgotten by the semaphore.
#[derive(Debug)]
pub struct Semaphore {
    resource: Resource,
    inner: tokio::sync::Semaphore,
}

/// Permits that go back when this is dropped.
#[must_use = "the permits go back when this is dropped"]
#[derive(Debug)]
pub struct SemaphorePermit<'a> {
    _frees: Frees<'a>,
    inner: tokio::sync::SemaphorePermit<'a>,
}

/// Permits that go back when this is dropped, and keep their semaphore alive until then.
#[must_use = "the permits go back when this is dropped"]
#[derive(Debug)]
pub struct OwnedSemaphorePermit {
    semaphore: Arc<Semaphore>,
    permits: usize,
}

impl Semaphore {
    /// A semaphore that holds `permits`.
    ///
    /// # Panics
    ///
    /// If there are more than Tokio's semaphore can hold, which is `usize::MAX >> 3`.
    pub const fn new(permits: usize) -> Self {
        let inner = tokio::sync::Semaphore::const_new(permits);
        Self { resource: Resource::new(Kind::Semaphore), inner }
    }

    /// Waits for a permit and takes it, first come first served.
    ///
    /// # Errors
    ///
    /// If the semaphore is closed.
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<SemaphorePermit<'_>, AcquireError>> {
        self.acquire_many(1)
    }

    /// Waits until `permits` are there and takes them all at once.
    ///
    /// # Errors
    ///
    /// If the semaphore is closed.
    #[track_caller]
    pub fn acquire_many(
        &self,
        permits: u32,
    ) -> impl Future<Output = Result<SemaphorePermit<'_>, AcquireError>> {
        let place = Location::caller();
        async move {
            step(Op::Acquire, &self.resource, place);
            self.inner.acquire_many(permits).await.map(|inner| self.permit(inner))
        }
    }

    /// Waits for a permit and takes it, in a form that a task can carry away.
    ///
    /// # Errors
    ///
    /// If the semaphore is closed.
    #[track_caller]
    pub fn acquire_owned(
        self: Arc<Self>,
    ) -> impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>> {
        let place = Location::caller();
        async move {
            step(Op::Acquire, &self.resource, place);
            self.inner.acquire().await?.forget();
            Ok(OwnedSemaphorePermit { semaphore: self, permits: 1 })
        }
    }

    /// Takes a permit if one is there.
    ///
    /// # Errors
    ///
    /// If there is none, or the semaphore is closed.
    #[track_caller]
    pub fn try_acquire(&self) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.try_acquire_many(1)
    }

    /// Takes `permits` at once if all of them are there.
    ///
    /// # Errors
    ///
    /// If they are not, or the semaphore is closed.
    #[track_caller]
    pub fn try_acquire_many(&self, permits: u32) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        control::step(Op::TryAcquire, self);
        self.inner.try_acquire_many(permits).map(|inner| self.permit(inner))
    }

    /// Takes a permit if one is there, in a form that a task can carry away.
    ///
    /// # Errors
    ///
    /// If there is none, or the semaphore is closed.
    #[track_caller]
    pub fn try_acquire_owned(self: Arc<Self>) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        self.try_acquire()?.forget();
        Ok(OwnedSemaphorePermit { semaphore: self, permits: 1 })
    }

    /// Gives `permits` at once.
    ///
    /// # Panics
    ///
    /// If there would be more than Tokio's semaphore can hold.
    #[track_caller]
    pub fn add_permits(&self, permits: usize) {
        control::step(Op::Release, self);
        control::note(Note::Queued, &self.resource);
        self.inner.add_permits(permits);
    }

    /// How many permits are there now. Others may take them before the answer is used.
    #[track_caller]
    pub fn available_permits(&self) -> usize {
        control::step(Op::Load, self);
        self.inner.available_permits()
    }

    /// Gives no more permits to anybody, and turns away all who wait.
    #[track_caller]
    pub fn close(&self) {
        control::step(Op::Disconnect, self);
        self.inner.close();
    }

    /// Whether the semaphore is closed.
    #[track_caller]
    pub fn is_closed(&self) -> bool {
        control::step(Op::Load, self);
        self.inner.is_closed()
    }

    fn permit<'a>(&'a self, inner: tokio::sync::SemaphorePermit<'a>) -> SemaphorePermit<'a> {
        SemaphorePermit { _frees: Frees(&self.resource), inner }
    }
}

impl SemaphorePermit<'_> {
    /// Never gives the permits back.
    pub fn forget(self) {
        self.inner.forget();
    }

    /// How many permits this is.
    pub fn num_permits(&self) -> usize {
        self.inner.num_permits()
    }
}

impl OwnedSemaphorePermit {
    /// Never gives the permits back.
    pub fn forget(mut self) {
        self.permits = 0;
    }

    /// How many permits this is.
    pub fn num_permits(&self) -> usize {
        self.permits
    }

    /// Where the permits come from.
    pub fn semaphore(&self) -> &Arc<Semaphore> {
        &self.semaphore
    }
}

impl Drop for OwnedSemaphorePermit {
    fn drop(&mut self) {
        control::freed(&self.semaphore.resource);
        self.semaphore.inner.add_permits(self.permits);
    }
}

impl Visible for Semaphore {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}
