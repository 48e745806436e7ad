//! Priorities of tasks, drawn when they are first needed.

use sync::control::TaskId;

use super::{Choices, Generator};

/// A priority for each task; the higher goes first.
#[derive(Clone, Debug, Default)]
pub(super) struct Priorities(Vec<u64>);

/// Not drawn yet.
const NONE: u64 = 0;

impl Priorities {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Forgets the priority of `task`: it gets a new one when it is next looked at.
    #[inline]
    pub(super) fn forget(&mut self, task: TaskId) {
        if let Some(priority) = self.0.get_mut(task) {
            *priority = NONE;
        }
    }

    /// The enabled task with the highest priority.
    #[inline]
    pub(super) fn top(&mut self, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        self.top_of(choices.enabled(), draw)
    }

    /// The one of `tasks`, which are not none, with the highest priority.
    #[inline]
    pub(super) fn top_of(&mut self, tasks: &[TaskId], draw: &mut Generator) -> TaskId {
        let (mut top, mut highest) = (tasks[0], NONE);
        for &task in tasks {
            let priority = self.of(task, draw);
            if priority > highest {
                (top, highest) = (task, priority);
            }
        }
        top
    }

    #[inline]
    fn of(&mut self, task: TaskId, draw: &mut Generator) -> u64 {
        if task >= self.0.len() {
            self.0.resize(task + 1, NONE);
        }
        let priority = &mut self.0[task];
        if *priority == NONE {
            *priority = draw.draw() | 1;
        }
        *priority
    }
}

#[cfg(test)]
mod tests {
    use super::{Generator, Priorities};

    #[test]
    fn the_same_task_stays_on_top_until_it_is_forgotten() {
        let (mut priorities, mut draw) = (Priorities::default(), Generator::new(1, 0));
        let top = priorities.top_of(&[0, 1, 2], &mut draw);
        for _ in 0..20 {
            assert_eq!(priorities.top_of(&[0, 1, 2], &mut draw), top);
        }
        let mut tops = (0..20).map(|_| {
            priorities.forget(top);
            priorities.top_of(&[0, 1, 2], &mut draw)
        });
        assert!(tops.any(|other| other != top));
    }
}
