//! The strategies by name.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Exhaustive, Mix, Random, Reduction, Strategy,
    pct::{Depth, Pct},
    pos::Pos,
    surw::Surw,
    urw::{Pace, Urw},
    walk::Walker,
};

/// A strategy, before it has a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum StrategyKind {
    /// All of them in turn, since each has blind spots.
    #[default]
    Mix,
    /// Any enabled task, each as likely as the others.
    Random,
    /// Random priorities that change twice: bugs that need three events in a certain order.
    Pct,
    /// Random priorities of operations: orders of dependent ones.
    Pos,
    /// Every interleaving as likely as every other.
    Urw,
    /// Every order of the operations on one resource as likely as every other.
    Surw,
    /// Every interleaving, one of each class: nothing is drawn, and it comes to an end.
    Exhaustive,
}

impl StrategyKind {
    /// All that draw, the default first.
    pub const ALL: [Self; 6] =
        [Self::Mix, Self::Random, Self::Pct, Self::Pos, Self::Urw, Self::Surw];

    /// The strategy of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Exhaustive]).find(|kind| kind.name() == name)
    }

    /// The strategy, for executions that `seed` repeats.
    pub fn build(self, seed: u64) -> Box<dyn Strategy> {
        match self {
            Self::Mix => Box::new(Mix::new(seed)),
            Self::Random => Box::new(Random::new(seed)),
            Self::Pct => Box::new(Walker::new(seed, Pct::new(Depth::Fixed(3)))),
            Self::Pos => Box::new(Walker::new(seed, Pos::default())),
            Self::Urw => Box::new(Walker::new(seed, Urw::new(Pace::Even))),
            Self::Surw => Box::new(Walker::new(seed, Surw::default())),
            Self::Exhaustive => Box::new(Exhaustive::new(Reduction::Classes)),
        }
    }

    /// Its name, as the command line and every report write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mix => "mix",
            Self::Random => "random",
            Self::Pct => "pct",
            Self::Pos => "pos",
            Self::Urw => "urw",
            Self::Surw => "surw",
            Self::Exhaustive => "exhaustive",
        }
    }
}

impl fmt::Display for StrategyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
