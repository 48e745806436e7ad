//! Everybody comes before anybody comes back.

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, walk::Walk};

/// Prefers tasks that are about to touch something for the first time, and of these the one that has
/// taken the fewest steps. If there are several, it is the oldest with half of the seeds, and any but the
/// youngest with the others: that one often looks at what all of them have done. Where nobody is new, whoever
/// has moved goes on or is relieved, each as likely as the other.
///
/// So all have looked before the first of them acts, and each has one lock before the first asks for
/// a second one. Most mistakes between tasks that do the same show at once, and little has to be
/// known for it: it is made for a first execution, before which nothing is.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals {
    /// Whether the oldest comes first.
    is_in_order: bool,
}

impl Walk for Arrivals {
    fn begin(&mut self, _census: &Census, draw: &mut Generator) {
        self.is_in_order = draw.below(2) == 0;
    }

    fn choose(&mut self, census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let enabled = choices.enabled();
        let youngest = enabled[enabled.len() - 1];
        let is_new = |&task: &TaskId| census.is_new(task, &choices.operation(task));
        let newcomers = enabled.iter().copied().filter(is_new);
        let first = newcomers.min_by_key(|&task| {
            let lot = if self.is_in_order { task as u64 } else { draw.draw() };
            (census.steps(task), task == youngest, lot)
        });
        first.unwrap_or_else(|| on_or_over(choices, draw))
    }
}

/// Whoever has moved last, or any of the others.
fn on_or_over(choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
    let enabled = choices.enabled();
    let last = choices.current().and_then(|last| enabled.iter().position(|&task| task == last));
    match last {
        Some(last) if enabled.len() == 1 || draw.below(2) == 0 => enabled[last],
        // So many places after it, in a circle.
        Some(last) => enabled[(last + 1 + draw.below(enabled.len() - 1)) % enabled.len()],
        None => choices.any(draw),
    }
}
