//! When a strategy has let others wait for too long.

use sync::control::TaskId;

/// After how many decisions in a row for one and the same task the others have waited long enough.
const IN_A_ROW: u64 = 1000;

/// After how many decisions an execution is likely to be going round in circles.
const IN_ALL: u64 = 10_000;

/// Counts decisions, so that nobody waits for ever.
///
/// A strategy with strict priorities lets a task spin for ever that waits for another one. That
/// would be told as a livelock of a program that is right. So it rules until the others have waited
/// for very long, and never after: the rest of the execution is a random walk, which is fair. Soon
/// would be too soon: some bugs show only while a task that yields goes on and on.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience {
    last: TaskId,
    in_a_row: u64,
    in_all: u64,
}

impl Patience {
    /// An execution begins.
    pub(super) fn renew(&mut self) {
        *self = Self::default();
    }

    /// Whether it has come to its end in this execution.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        self.in_a_row >= IN_A_ROW || self.in_all >= IN_ALL
    }

    /// The strategy has decided for `task`.
    #[inline]
    pub(super) fn note(&mut self, task: TaskId) {
        self.in_a_row = if task == self.last { self.in_a_row + 1 } else { 0 };
        self.last = task;
        self.in_all += 1;
    }

    /// It has decided for the same one so many times more.
    #[inline]
    pub(super) fn note_again(&mut self, times: u64) {
        self.in_a_row += times;
        self.in_all += times;
    }

    /// How many decisions for the same one it takes until it is over.
    #[inline]
    pub(super) fn lasts_for(&self) -> u64 {
        IN_A_ROW.saturating_sub(self.in_a_row).min(IN_ALL.saturating_sub(self.in_all))
    }
}

#[cfg(test)]
mod tests {
    use super::{IN_A_ROW, IN_ALL, Patience};

    #[test]
    fn it_ends_when_one_task_is_always_preferred() {
        let mut patience = Patience::default();
        (0..=IN_A_ROW).for_each(|_| patience.note(1));
        assert!(patience.is_over());
        patience.renew();
        assert!(!patience.is_over());
    }

    #[test]
    fn it_lasts_while_tasks_take_turns_and_ends_all_the_same() {
        let mut patience = Patience::default();
        (1..IN_ALL).for_each(|turn| patience.note(usize::from(turn % 2 == 0)));
        assert!(!patience.is_over());
        patience.note(0);
        assert!(patience.is_over());
    }
}
