//! All tasks keep abreast of each other.

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, walk::Walk};

/// Picks any of the tasks that have taken the fewest steps.
///
/// Where many do the same, all of them are in the middle of it at once. A random walk has hardly
/// anybody there: one is done, and another has not begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Abreast {
    /// Scratch space: those who have taken the fewest steps.
    last: Vec<TaskId>,
}

impl Walk for Abreast {
    fn begin(&mut self, _census: &Census, _draw: &mut Generator) {}

    fn choose(&mut self, census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let steps = |task: &TaskId| census.steps(*task);
        let fewest = choices.enabled().iter().map(steps).min();
        self.last.clear();
        self.last.extend(choices.enabled().iter().filter(|&task| Some(steps(task)) == fewest));
        self.last[draw.below(self.last.len())]
    }
}
