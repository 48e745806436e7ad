//! Which stores a load may see: those that nothing which happened before it hides.
//!
//! Stores of an atomic follow one another as they were performed. Of two of them, whoever knows of the
//! later one, or has read it, does not see the earlier one any more (coherence, C++20
//! [intro.races]). What the promises of C++20 leave open beyond that is not tried: that a store comes before
//! another one although it was performed later, and that a load sees a store that was not performed yet.

use sync::control::TaskId;

use super::{
    History,
    happens_before::{Atomics, HappensBefore},
};

/// The stores and loads of one atomic so far.
#[derive(Debug, Default)]
pub(crate) struct Stores {
    /// Who stored in which step. Before the first of them, which is number 1, it had another value.
    pub(crate) stored: Vec<(TaskId, usize)>,
    pub(crate) seen: Vec<Seen>,
}

/// A load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) task: TaskId,
    pub(crate) step: usize,
    /// The number of the store.
    pub(crate) store: usize,
    /// Whether it was the last one then.
    pub(crate) is_last: bool,
}

impl Stores {
    /// The number of the oldest store that `task` may see by step number `step`, which is its load and the
    /// last one so far.
    pub(crate) fn oldest(&self, history: History<'_>, task: TaskId, step: usize) -> usize {
        let own_loads = self.seen.iter().filter(|seen| seen.task == task);
        let mut oldest = own_loads.map(|seen| seen.store).max().unwrap_or(0);
        let own_store = self.stored.iter().rposition(|&(other, _)| other == task);
        oldest = oldest.max(own_store.map_or(0, |index| index + 1));
        if oldest == self.stored.len() {
            return oldest;
        }
        let mut order = HappensBefore::new(history, Atomics::Visible);
        for (index, performed, notes) in history.events().take(step) {
            order.step(index, performed, notes);
            for noted in notes {
                order.note(performed.task, noted);
            }
        }
        let known = self.stored.iter().rposition(|&(other, at)| order.knows(task, other, at));
        oldest = oldest.max(known.map_or(0, |index| index + 1));
        let read = self.seen.iter().filter(|seen| order.knows(task, seen.task, seen.step));
        oldest.max(read.map(|seen| seen.store).max().unwrap_or(0))
    }
}
