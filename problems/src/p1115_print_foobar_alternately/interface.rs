//! What a solution of 1115 implements: one of these.

use std::future::Future;

/// A blocking solution, with `LeetCode`'s signatures. Each method is called once, each from a task
/// of its own.
pub trait FooBar: Send + Sync + 'static {
    /// Builds an instance that will alternate `n` times.
    fn new(n: usize) -> Self;

    /// Calls `print_foo` `n` times, each time before the matching `bar`.
    fn foo<F: Fn()>(&self, print_foo: F);

    /// Calls `print_bar` `n` times, each time after the matching `foo`.
    fn bar<F: Fn()>(&self, print_bar: F);
}

/// An async solution. Each method is called once, each from an async task of its own.
pub trait AsyncFooBar: Send + Sync + 'static {
    /// Builds an instance that will alternate `n` times.
    fn new(n: usize) -> Self;

    /// Calls `print_foo` `n` times, each time before the matching `bar`.
    fn foo<F: Fn() + Send + Sync>(&self, print_foo: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_bar` `n` times, each time after the matching `foo`.
    fn bar<F: Fn() + Send + Sync>(&self, print_bar: F) -> impl Future<Output = ()> + Send;
}
