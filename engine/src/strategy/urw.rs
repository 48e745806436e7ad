//! The uniform random walk (Zhao, Wolff, Mathur and Roychoudhury, ASPLOS 2025).

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, profile::EVENT, walk::Walk};
use crate::trace::Operation;

/// Picks an enabled task with a probability in proportion to the steps that it has yet to take,
/// with all that it will spawn.
///
/// If these were known and nobody blocked, every interleaving would be as likely as every other.
/// They are the means over earlier executions. A task that has outlived its mean counts as one
/// step.
#[derive(Clone, Debug, Default)]
pub(super) struct Urw {
    pace: Pace,
    /// By task: what it has yet to do, in [events](EVENT).
    left: Vec<u64>,
    /// By task: how many times more likely it is made, as a power of two.
    haste: Vec<u32>,
}

/// Whether all tasks run at the same pace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pace {
    /// As in the paper.
    #[default]
    Even,
    /// Each task is up to 64 times slower than the fastest, drawn anew in each execution: which
    /// meets the bugs to which a uniform interleaving hardly ever comes.
    Uneven,
}

impl Urw {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, left: Vec::new(), haste: Vec::new() }
    }

    /// How much `task` has yet to do, for a draw; never nothing.
    #[inline]
    pub(super) fn weight(&self, task: TaskId) -> u64 {
        let haste = self.haste.get(task).copied().unwrap_or_default();
        self.left[task].max(EVENT) << haste
    }
}

impl Walk for Urw {
    fn begin(&mut self, _census: &Census, draw: &mut Generator) {
        self.left.clear();
        self.haste.clear();
        if self.pace == Pace::Uneven {
            // More tasks than this run at the slowest pace.
            self.haste.extend((0..128).map(|_| u32::try_from(draw.below(7)).unwrap_or_default()));
        }
    }

    fn watches(&self) -> bool {
        true
    }

    fn spawned(
        &mut self,
        census: &Census,
        (parent, task): (Option<TaskId>, TaskId),
        _draw: &mut Generator,
    ) {
        let own = census.profile().steps(census.role(task));
        if let Some(parent) = parent {
            self.left[parent] = self.left[parent].saturating_sub(own);
        }
        self.left.push(own);
    }

    #[inline]
    fn executed(&mut self, _census: &Census, task: TaskId, _operation: &Operation) {
        self.left[task] = self.left[task].saturating_sub(EVENT);
    }

    #[inline]
    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let enabled = choices.enabled();
        enabled[draw.weighted(enabled.len(), |index| self.weight(enabled[index]))]
    }
}
