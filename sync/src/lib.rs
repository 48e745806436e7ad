#![doc = include_str!("../README.md")]

pub mod atomic;
pub mod cell;
pub mod channel;
pub mod control;
pub mod future;
pub mod hint;
pub mod task;
pub mod thread;
pub mod time;

mod barrier;
mod condvar;
mod mutex;
mod note;
mod once;
mod op;
mod ordering;
mod resource;
mod rwlock;
mod semaphore;

pub use barrier::{Barrier, BarrierWaitResult};
pub use condvar::{Condvar, WaitTimeoutResult};
pub use mutex::{Mutex, MutexGuard};
pub use once::OnceLock;
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use semaphore::Semaphore;
