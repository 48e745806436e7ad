//! What a solution of 1195 implements: one of these.

use std::future::Future;

/// A blocking solution, in the style of `LeetCode`'s signatures. Each method is called once, each
/// from a task of its own.
pub trait FizzBuzz: Send + Sync + 'static {
    /// Builds an instance that will count from 1 to `n`.
    fn new(n: i32) -> Self;

    /// Calls `print_fizz` for each multiple of 3 that is none of 5.
    fn fizz<F: Fn()>(&self, print_fizz: F);

    /// Calls `print_buzz` for each multiple of 5 that is none of 3.
    fn buzz<F: Fn()>(&self, print_buzz: F);

    /// Calls `print_fizz_buzz` for each multiple of 3 and 5.
    fn fizzbuzz<F: Fn()>(&self, print_fizz_buzz: F);

    /// Calls `print_number` with each number that is a multiple of neither.
    fn number<F: Fn(i32)>(&self, print_number: F);
}

/// An async solution. Each method is called once, each from an async task of its own.
pub trait AsyncFizzBuzz: Send + Sync + 'static {
    /// Builds an instance that will count from 1 to `n`.
    fn new(n: i32) -> Self;

    /// Calls `print_fizz` for each multiple of 3 that is none of 5.
    fn fizz<F: Fn() + Send + Sync>(&self, print_fizz: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_buzz` for each multiple of 5 that is none of 3.
    fn buzz<F: Fn() + Send + Sync>(&self, print_buzz: F) -> impl Future<Output = ()> + Send;

    /// Calls `print_fizz_buzz` for each multiple of 3 and 5.
    fn fizzbuzz<F: Fn() + Send + Sync>(
        &self,
        print_fizz_buzz: F,
    ) -> impl Future<Output = ()> + Send;

    /// Calls `print_number` with each number that is a multiple of neither.
    fn number<F: Fn(i32) + Send + Sync>(&self, print_number: F) -> impl Future<Output = ()> + Send;
}
