//! What came of some executions of one case, in a row.

use crate::{Evidence, Outputs};

/// Executions of one case in a row, put together so that spans can be made on any core and taken in
/// their order.
#[derive(Debug, Default)]
pub(super) struct Span {
    /// Which case, counted from zero.
    pub(super) case: usize,
    /// The number of the first execution.
    pub(super) first: u64,
    /// The class of each execution, in order; all the same on OS threads.
    pub(super) classes: Vec<u64>,
    /// The canonical outputs of those that were right.
    pub(super) outputs: Outputs,
    /// The first that breaks only the strict reading.
    pub(super) strict: Option<Box<Evidence>>,
    /// The first that is worse. Nothing comes after it.
    pub(super) wrong: Option<Box<Evidence>>,
    /// Whether fewer executions were run than should have been.
    pub(super) is_cut: bool,
}

impl Span {
    /// No executions yet, of `case`, from number `first` on.
    pub(super) fn new(case: usize, first: u64) -> Self {
        Self { case, first, ..Self::default() }
    }
}
