//! The strategies, as flags name them.

use clap::ValueEnum;
use engine::strategy::StrategyKind;

/// Who decides which task is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Strategy {
    /// All of the others in turn
    Mix,
    /// Any enabled task, each as likely as the others
    Random,
    /// Random priorities that change now and then
    Pct,
    /// Random priorities of operations, drawn again after a race
    Pos,
    /// Every interleaving as likely as every other
    Urw,
    /// Every order of the operations on one resource as likely as every other
    Surw,
}

impl From<Strategy> for StrategyKind {
    fn from(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Mix => Self::Mix,
            Strategy::Random => Self::Random,
            Strategy::Pct => Self::Pct,
            Strategy::Pos => Self::Pos,
            Strategy::Urw => Self::Urw,
            Strategy::Surw => Self::Surw,
        }
    }
}
