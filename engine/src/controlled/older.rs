//! Loads that see an older store, where that is [asked for](crate::Limits::weak_memory).

use std::collections::HashMap;

use sync::control::{Note, Op, Resource};

use super::{fingerprint::DeedKind, state::State};
use crate::analysis::{Seen, Stores};

/// From which number of steps on every load sees the last store: what a load may see is found out from all
/// that was before.
const LONG: usize = 2000;

/// From how many of the last stores a load sees one.
const WINDOW: usize = 8;

/// How often in a row a task may see an older store of the same atomic: every store is seen some time
/// (C++20 [intro.progress]), or who waits for one would wait for ever.
const PATIENCE: usize = 2;

/// What every atomic has held in this execution, by resource.
#[derive(Default)]
pub(super) struct Values(HashMap<u32, Held>);

/// What an atomic has held.
#[derive(Default)]
struct Held {
    /// In bits: what it began with, and each store.
    values: Vec<u64>,
    stores: Stores,
}

impl Values {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl State {
    /// The running task has stored `after` in an atomic that held `before`.
    pub(super) fn stored(&mut self, on: &Resource, before: u64, after: u64) {
        let resource = self.resources.index(on);
        let step = (self.current, self.steps.len().saturating_sub(1));
        let held = self.values.0.entry(resource).or_default();
        if held.values.is_empty() {
            held.values.push(before);
        }
        held.values.push(after);
        held.stores.stored.push(step);
    }

    /// What the running task sees by the load that it performs, if that is not the last store.
    pub(super) fn sees(&mut self, on: &Resource) -> Option<u64> {
        let resource = self.resources.index(on);
        let mut held = self.values.0.remove(&resource)?;
        let (task, step) = (self.current, self.steps.len().saturating_sub(1));
        let last = held.stores.stored.len();
        let behind = self.draw_store(&held.stores);
        let store = last - behind;
        held.stores.seen.push(Seen { task, step, store, is_last: behind == 0 });
        let value = held.values[store];
        self.values.0.insert(resource, held);
        if behind == 0 {
            return None;
        }
        self.note(Note::Saw(u32::try_from(behind).unwrap_or(u32::MAX)), on);
        Some(value)
    }

    /// How many stores have replaced the one that the running task sees by its load.
    fn draw_store(&mut self, stores: &Stores) -> usize {
        let Some(step) = self.steps.len().checked_sub(1).filter(|&step| step < LONG) else {
            return 0;
        };
        let is_weak = matches!(self.steps[step].operation.op, Op::LoadRelaxed | Op::LoadAcquire);
        let own = stores.seen.iter().rev().filter(|seen| seen.task == self.current);
        let in_a_row = own.take_while(|seen| !seen.is_last).count();
        if !is_weak || in_a_row >= PATIENCE {
            return 0;
        }
        let last = stores.stored.len();
        let oldest = self.look(|history| stores.oldest(history, self.current, step));
        let alternatives = (last - oldest + 1).min(WINDOW);
        if alternatives < 2 {
            return 0;
        }
        let behind = if self.is_even {
            self.drawn.below(alternatives)
        } else {
            self.strategy.pick_store(alternatives)
        };
        self.draws.loads.push(behind);
        self.did(DeedKind::Picked(behind));
        behind
    }
}
