//! What a solution of 1226 implements: one of these.

use std::future::Future;

/// A blocking solution, with `LeetCode`'s signatures. `wants_to_eat` is called once for each meal,
/// from any number of tasks, some of which may be for the same philosopher.
pub trait DiningPhilosophers: Send + Sync + 'static {
    /// Builds a table for five, with all forks on it.
    fn new() -> Self;

    /// Calls both picks, `eat` and both puts when philosopher 0, 1, 2, 3 or 4 may have its forks.
    fn wants_to_eat<F1, F2, F3, F4, F5>(
        &self,
        philosopher: i32,
        pick_left_fork: F1,
        pick_right_fork: F2,
        eat: F3,
        put_left_fork: F4,
        put_right_fork: F5,
    ) where
        F1: FnOnce(),
        F2: FnOnce(),
        F3: FnOnce(),
        F4: FnOnce(),
        F5: FnOnce();
}

/// An async solution. `wants_to_eat` is called once for each meal, from any number of async tasks,
/// some of which may be for the same philosopher.
pub trait AsyncDiningPhilosophers: Send + Sync + 'static {
    /// Builds a table for five, with all forks on it.
    fn new() -> Self;

    /// Calls both picks, `eat` and both puts when philosopher 0, 1, 2, 3 or 4 may have its forks.
    fn wants_to_eat<F1, F2, F3, F4, F5>(
        &self,
        philosopher: i32,
        pick_left_fork: F1,
        pick_right_fork: F2,
        eat: F3,
        put_left_fork: F4,
        put_right_fork: F5,
    ) -> impl Future<Output = ()> + Send
    where
        F1: FnOnce() + Send,
        F2: FnOnce() + Send,
        F3: FnOnce() + Send,
        F4: FnOnce() + Send,
        F5: FnOnce() + Send;
}
