//! What happens where nobody decides: whoever runs goes on, and the turn is passed only by a task
//! that waits without blocking.

use sync::control::{Op, TaskId};

use super::Choices;

/// After how many attempts in a row a task that looks and tries gives up its turn.
const PATIENCE: u32 = 4;

/// After how many turns in a row a task gives up its turn whatever it does: it may be waiting in a
/// way that nobody recognises, and an execution in which the others starve would say nothing.
const ENDURANCE: u32 = 40;

/// Who runs, and for how long already.
#[derive(Debug, Default)]
pub(super) struct Habit {
    last: TaskId,
    turns: u32,
    polls: u32,
}

/// What habit says to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual {
    /// The task goes on. Choosing another one preempts it.
    Stay(TaskId),
    /// Whoever ran cannot, or gives up its turn: this one is next in the round.
    Pass(TaskId),
}

impl Usual {
    pub(super) fn task(self) -> TaskId {
        match self {
            Self::Stay(task) | Self::Pass(task) => task,
        }
    }
}

impl Habit {
    /// Who would go on.
    pub(super) fn of(&self, choices: &Choices<'_>) -> Usual {
        let enabled = choices.enabled();
        match choices.current().filter(|current| enabled.contains(current)) {
            Some(current) if !self.passes(current, choices.operation(current).op) => {
                Usual::Stay(current)
            }
            current => {
                let last = current.unwrap_or(self.last);
                let after = enabled.iter().copied().filter(|&task| task > last).min();
                let first = enabled.iter().copied().min();
                Usual::Pass(after.or(first).unwrap_or_default())
            }
        }
    }

    /// Whether `current`, about to do `op`, gives up its turn.
    fn passes(&self, current: TaskId, op: Op) -> bool {
        let again = current == self.last;
        matches!(op, Op::Yield | Op::Sleep)
            || (again && self.turns >= ENDURANCE)
            || (again && self.polls >= PATIENCE && op.may_be_polling())
    }

    /// `chosen` goes on, with `op`.
    pub(super) fn note(&mut self, chosen: TaskId, op: Op) {
        if chosen != self.last {
            *self = Self { last: chosen, turns: 0, polls: 0 };
        }
        self.turns += 1;
        self.polls = if op.may_be_polling() { self.polls + 1 } else { 0 };
    }
}
