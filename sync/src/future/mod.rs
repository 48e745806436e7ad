//! Primitives for tasks that await: Tokio's, under the same names, with a question before each
//! operation.
//!
//! An operation asks when it is polled for the first time, about the line that called it; then
//! Tokio's own future runs. If that has to wait, its waker says when to go on.
//!
//! ```
//! use std::sync::Arc;
//!
//! use sync::{future::Mutex, task};
//!
//! task::block_on(async {
//!     let count = Arc::new(Mutex::new(0));
//!     let other = task::spawn({
//!         let count = Arc::clone(&count);
//!         async move { *count.lock().await += 1 }
//!     });
//!     *count.lock().await += 1;
//!     other.await.expect("adding does not panic");
//!     assert_eq!(*count.lock().await, 2);
//! });
//! ```
//!
//! # Differences from `tokio::sync`
//!
//! - Dropping a guard, a permit or a handle asks nothing: whoever could observe it asks before its
//!   own operation.
//! - Nothing here blocks a thread (`blocking_lock`, `blocking_recv`), is polled by hand
//!   (`poll_recv`), maps a guard, or owns its lock, save for an owned permit of a semaphore.

pub mod mpsc;
pub mod oneshot;
pub mod watch;

mod barrier;
mod mutex;
mod notify;
mod rwlock;
mod semaphore;
mod sleep;
mod step;

pub use self::{
    barrier::{Barrier, BarrierWaitResult},
    mutex::{Mutex, MutexGuard, TryLockError},
    notify::{Notified, Notify},
    rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard},
    semaphore::{AcquireError, OwnedSemaphorePermit, Semaphore, SemaphorePermit, TryAcquireError},
    sleep::sleep,
};
