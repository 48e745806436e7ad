//! An execution that is given up runs on to its end, in any order and told to nobody: that takes less
//! than to unwind the stacks of its tasks, many times over.

use sync::control::TaskId;

use super::state::State;
use crate::{outcome::Outcome, strategy::Drawn};

/// How many steps it may take. What has not ended then is unwound.
const MOST: usize = 1000;

/// Where an execution was given up: what it had done by then.
pub(super) struct Coasting {
    steps: usize,
    notes: usize,
    deeds: usize,
    picks: usize,
    wakes: usize,
    loads: usize,
}

impl State {
    /// The execution has nothing new to show. Those who are awake have been found: one of them is next.
    pub(super) fn coast(&mut self) -> TaskId {
        self.tell_who_waits();
        self.outcome = Some(Outcome::GivenUp);
        self.coasting = Some(Coasting {
            steps: self.steps.len(),
            notes: self.notes.len(),
            deeds: self.deeds.len(),
            picks: self.draws.picks.len(),
            wakes: self.draws.wakes.len(),
            loads: self.draws.loads.len(),
        });
        self.is_watched = false;
        self.is_heard = false;
        self.decides_always = false;
        self.is_told = self.has_teller();
        self.is_even = true;
        self.drawn = Drawn::default();
        self.milestone = self.steps.len() + MOST;
        self.set_dozing(self.dozing);
        self.choose(false)
    }

    /// Whether the execution has run on for long enough.
    pub(super) fn has_coasted(&self) -> bool {
        self.coasting.as_ref().is_some_and(|since| self.steps.len() >= since.steps + MOST)
    }

    /// Forgets what was done after the execution was given up.
    pub(super) fn forget_coasting(&mut self) {
        if let Some(since) = self.coasting.take() {
            self.steps.truncate(since.steps);
            self.notes.truncate(since.notes);
            self.deeds.truncate(since.deeds);
            self.draws.picks.truncate(since.picks);
            self.draws.wakes.truncate(since.wakes);
            self.draws.loads.truncate(since.loads);
        }
    }

    /// The execution ends like this, if it has not been given up.
    pub(super) fn conclude(&mut self, outcome: impl FnOnce(&mut Self) -> Outcome) {
        if self.outcome.is_none() {
            self.outcome = Some(outcome(self));
        }
    }
}
