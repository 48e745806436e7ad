//! What a solution of 1117 implements: one of these.

use std::future::Future;

/// A blocking solution, in the style of `LeetCode`'s signatures. Each call is one atom, made from a
/// task of its own.
pub trait H2O: Send + Sync + 'static {
    /// Builds an instance to which no atom has come yet.
    fn new() -> Self;

    /// Calls `release_hydrogen` once, together with another hydrogen and an oxygen.
    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F);

    /// Calls `release_oxygen` once, together with two hydrogens.
    fn oxygen<F: FnOnce()>(&self, release_oxygen: F);
}

/// An async solution. Each call is one atom, made from an async task of its own.
pub trait AsyncH2O: Send + Sync + 'static {
    /// Builds an instance to which no atom has come yet.
    fn new() -> Self;

    /// Calls `release_hydrogen` once, together with another hydrogen and an oxygen.
    fn hydrogen<F: FnOnce() + Send>(&self, release_hydrogen: F) -> impl Future<Output = ()> + Send;

    /// Calls `release_oxygen` once, together with two hydrogens.
    fn oxygen<F: FnOnce() + Send>(&self, release_oxygen: F) -> impl Future<Output = ()> + Send;
}
