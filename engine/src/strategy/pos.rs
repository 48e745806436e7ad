//! Partial order sampling (Yuan, Yang and Gu, CAV 2018).

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, priorities::Priorities, walk::Walk};
use crate::trace::Operation;

/// Gives each operation a random priority when its task comes to it, and runs the highest; whoever
/// raced with it draws again.
///
/// Orders of dependent operations come up far more evenly than in a random walk. Many tasks that
/// all race with each other are its weak spot, since each step makes all of them draw again.
#[derive(Clone, Debug, Default)]
pub(super) struct Pos {
    priorities: Priorities,
}

impl Walk for Pos {
    fn begin(&mut self, _census: &Census, _draw: &mut Generator) {
        self.priorities.clear();
    }

    fn watches(&self) -> bool {
        true
    }

    #[inline]
    fn executed(&mut self, _census: &Census, task: TaskId, _operation: &Operation) {
        self.priorities.forget(task);
    }

    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let top = self.priorities.top(choices, draw);
        let chosen = choices.operation(top);
        for &other in choices.enabled() {
            if other != top && choices.operation(other).depends_on(&chosen) {
                self.priorities.forget(other);
            }
        }
        top
    }
}
