//! Who has which lock at each step, for those who show an execution.

use sync::control::{Note, Op, TaskId};

use super::held::{Held, Holding};
use crate::trace::{Noted, Trace};

/// The locks that tasks hold, step by step.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    /// For each step who holds which resource while it is taken, and at last what is held in the
    /// end.
    at: Vec<Vec<(TaskId, u32)>>,
}

impl Holdings {
    /// Follows `trace` from its beginning.
    pub fn of(trace: &Trace) -> Self {
        let (mut held, mut at) = (Held::default(), Vec::with_capacity(trace.steps.len() + 1));
        let mut notes = &trace.notes[..];
        for (index, step) in trace.steps.iter().enumerate() {
            let own: &[Noted];
            (own, notes) = notes.split_at(notes.partition_point(|noted| noted.after <= index + 1));
            held.step(index, step, trace.resources[step.operation.resource as usize].kind);
            // What a wait gives up it gives up as it begins; what else is freed in a step was held
            // while the step was taken.
            let mut now = if step.operation.op == Op::Wait { Vec::new() } else { pairs(&held) };
            for noted in own {
                held.note(step.task, noted);
                if noted.note == Note::Taken {
                    now.extend(pairs(&held));
                }
            }
            now.extend(pairs(&held));
            now.sort_unstable();
            now.dedup();
            at.push(now);
        }
        at.push(pairs(&held));
        Self { at }
    }

    /// The resources that `task` holds while step number `step` is taken; when it is over if there
    /// is no such step.
    pub fn at(&self, task: TaskId, step: usize) -> impl Iterator<Item = u32> {
        let now = self.at.get(step).or(self.at.last()).map_or(&[][..], Vec::as_slice);
        now.iter().filter(move |(holder, _)| *holder == task).map(|(_, resource)| *resource)
    }
}

fn pairs(held: &Held) -> Vec<(TaskId, u32)> {
    let pair = |holding: &Holding| (holding.task, holding.resource);
    held.holdings().iter().map(pair).collect()
}
