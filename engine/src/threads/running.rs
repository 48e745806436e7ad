//! The task that runs on an OS thread.

use std::{cell::RefCell, sync::Arc};

use super::task::Task;

thread_local! {
    static RUNNING: RefCell<Option<Arc<Task>>> = const { RefCell::new(None) };
}

/// Makes `task` the one that runs on the calling thread, until the answer is dropped.
pub(super) fn enter(task: Arc<Task>) -> Entered {
    Entered { outer: RUNNING.replace(Some(task)) }
}

/// Gives the thread back to the task that ran before, when dropped.
#[must_use = "the task runs until this is dropped"]
pub(super) struct Entered {
    outer: Option<Arc<Task>>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        RUNNING.set(self.outer.take());
    }
}

/// Calls `action` with the running task. `None` if there is none: on a thread of the runtime, while
/// it drops what is left of an execution.
#[inline]
pub(super) fn with<T>(action: impl FnOnce(&Arc<Task>) -> T) -> Option<T> {
    RUNNING.try_with(|running| running.borrow().as_ref().map(action)).ok().flatten()
}

/// The running task.
///
/// # Panics
///
/// If there is none.
pub(super) fn task() -> Arc<Task> {
    with(Arc::clone).expect("only a running task asks")
}
