//! Everybody comes before anybody comes back.

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, walk::Walk};

/// Prefers tasks that are about to touch something for the first time, of these the one that has
/// taken the fewest steps, and the oldest if there are several. Where nobody is new it is a random
/// walk.
///
/// So all have looked before the first of them acts, and each has one lock before the first asks for
/// a second one. Most mistakes between tasks that do the same show at once, and little has to be
/// known for it: it is made for a first execution, before which nothing is.
#[derive(Clone, Debug)]
pub(super) struct Arrivals;

impl Walk for Arrivals {
    fn begin(&mut self, _census: &Census, _draw: &mut Generator) {}

    fn choose(&mut self, census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let is_new = |&task: &TaskId| census.is_new(task, &choices.operation(task));
        let newcomers = choices.enabled().iter().copied().filter(is_new);
        let first = newcomers.min_by_key(|&task| (census.steps(task), task));
        first.unwrap_or_else(|| choices.any(draw))
    }
}
