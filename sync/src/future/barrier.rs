//! A place where a group of async tasks waits for its last member.

use std::{future::Future, panic::Location};

pub use tokio::sync::BarrierWaitResult;

use super::step::step;
use crate::control::{Kind, Op, Resource, Visible};

/// A meeting of a fixed number of tasks that await, again and again: Tokio's barrier, with a
/// question before each operation.
///
/// ```
/// # sync::task::block_on(async {
/// let meeting = sync::future::Barrier::new(1);
/// assert!(meeting.wait().await.is_leader());
/// # });
/// ```
///
/// # Differences from `tokio::sync::Barrier`
///
/// None but the question.
#[derive(Debug)]
pub struct Barrier {
    resource: Resource,
    inner: tokio::sync::Barrier,
}

impl Barrier {
    /// A barrier that opens for every `size` tasks.
    pub fn new(size: usize) -> Self {
        Self { resource: Resource::new(Kind::Barrier), inner: tokio::sync::Barrier::new(size) }
    }

    /// Waits until the round's last task has arrived.
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = BarrierWaitResult> {
        let place = Location::caller();
        async move {
            step(Op::Arrive, &self.resource, place);
            self.inner.wait().await
        }
    }
}

impl Visible for Barrier {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}
