//! What a solution of 1114 implements: one of these.

use std::future::Future;

/// A blocking solution, with `LeetCode`'s signatures. Each method is called once, each from a task
/// of its own.
pub trait Foo: Send + Sync + 'static {
    /// Builds an instance that has printed nothing yet.
    fn new() -> Self;

    /// Calls `print_first`.
    fn first<F: FnOnce()>(&self, print_first: F);

    /// Calls `print_second`, after `first` has printed.
    fn second<F: FnOnce()>(&self, print_second: F);

    /// Calls `print_third`, after `second` has printed.
    fn third<F: FnOnce()>(&self, print_third: F);
}

/// An async solution. Each method is called once, each from an async task of its own.
pub trait AsyncFoo: Send + Sync + 'static {
    /// Builds an instance that has printed nothing yet.
    fn new() -> Self;

    /// Calls `print_first`.
    fn first<F: FnOnce() + Send>(&self, print_first: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_second`, after `first` has printed.
    fn second<F: FnOnce() + Send>(&self, print_second: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_third`, after `second` has printed.
    fn third<F: FnOnce() + Send>(&self, print_third: F) -> impl Future<Output = ()> + Send;
}
