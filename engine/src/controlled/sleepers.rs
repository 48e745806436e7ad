//! The waiting lists of an execution's condition variables: one list, since most are empty.

use sync::control::TaskId;

/// Who has gone to sleep on which condition variable, in that order.
#[derive(Default)]
pub(super) struct Sleepers(Vec<Sleeper>);

struct Sleeper {
    task: TaskId,
    condvar: u32,
}

impl Sleepers {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// `task` goes to sleep.
    pub(super) fn add(&mut self, task: TaskId, condvar: u32) {
        self.0.push(Sleeper { task, condvar });
    }

    /// Whether `task` is on a list.
    pub(super) fn contains(&self, task: TaskId) -> bool {
        self.0.iter().any(|sleeper| sleeper.task == task)
    }

    /// Takes `task` off the list that it is on, which is that of the condition variable in the
    /// answer.
    pub(super) fn remove(&mut self, task: TaskId) -> Option<u32> {
        let position = self.0.iter().position(|sleeper| sleeper.task == task)?;
        Some(self.0.remove(position).condvar)
    }

    /// How many are on the list of `condvar`.
    #[inline]
    pub(super) fn on(&self, condvar: u32) -> usize {
        self.0.iter().filter(|sleeper| sleeper.condvar == condvar).count()
    }

    /// Takes number `index` off the list of `condvar`, which is that long.
    pub(super) fn take(&mut self, condvar: u32, index: usize) -> TaskId {
        let sleepers = self.0.iter().enumerate();
        let mut waiting = sleepers.filter(|(_, sleeper)| sleeper.condvar == condvar);
        let (position, _) = waiting.nth(index).expect("the list is long enough");
        self.0.remove(position).task
    }
}
