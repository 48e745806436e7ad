//! What a solution of 1116 implements: one of these.

use std::future::Future;

/// A blocking solution, with `LeetCode`'s signatures. Each method is called once, each from a task
/// of its own.
pub trait ZeroEvenOdd: Send + Sync + 'static {
    /// Builds an instance that will count to `n`.
    fn new(n: i32) -> Self;

    /// Calls `print_number` with 0, `n` times, each time before the matching number.
    fn zero<F: Fn(i32)>(&self, print_number: F);

    /// Calls `print_number` with 2, 4 and so on, each after its 0.
    fn even<F: Fn(i32)>(&self, print_number: F);

    /// Calls `print_number` with 1, 3 and so on, each after its 0.
    fn odd<F: Fn(i32)>(&self, print_number: F);
}

/// An async solution. Each method is called once, each from an async task of its own.
pub trait AsyncZeroEvenOdd: Send + Sync + 'static {
    /// Builds an instance that will count to `n`.
    fn new(n: i32) -> Self;

    /// Calls `print_number` with 0, `n` times, each time before the matching number.
    fn zero<F: Fn(i32) + Send + Sync>(&self, print_number: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_number` with 2, 4 and so on, each after its 0.
    fn even<F: Fn(i32) + Send + Sync>(&self, print_number: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_number` with 1, 3 and so on, each after its 0.
    fn odd<F: Fn(i32) + Send + Sync>(&self, print_number: F) -> impl Future<Output = ()> + Send;
}
