//! Who sleeps on a condition variable, and may wake for no reason.

use sync::control::{Op, TaskId};

use super::{
    footprint::{Effect, may_wait},
    history::Event,
};

/// What each task's last wait was like.
///
/// A wait may end for no reason once: the loop around it looks, sees that nothing has changed, and
/// waits again. It may do so again when the task has been notified, or has changed something since.
/// So a task that waits in a loop does not wake for ever, and one that does not is found out.
#[derive(Debug, Default)]
pub(super) struct Sleeping(Vec<Sleep>);

#[derive(Clone, Debug, Default)]
struct Sleep {
    /// What it sleeps on, until it is notified.
    on: Option<u32>,
    /// Whether it may wake for no reason.
    may_wake: bool,
    /// Whether it has woken for no reason, and has done nothing since.
    is_spent: bool,
}

impl Sleeping {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    fn task(&mut self, task: TaskId) -> &mut Sleep {
        if self.0.len() <= task {
            self.0.resize(task + 1, Sleep::default());
        }
        &mut self.0[task]
    }

    /// `event` begins: a task that wakes without having been notified leaves the waiting list.
    pub(super) fn begins(&mut self, event: &mut Event) {
        let Event { operation, footprint, .. } = event;
        let sleep = self.task(event.task);
        match operation.op {
            Op::Wait => *sleep = Sleep { on: Some(operation.resource), ..*sleep },
            Op::Wake => {
                event.could_wake = std::mem::take(&mut sleep.may_wake);
                if let Some(condvar) = sleep.on.take() {
                    footprint.touch(condvar, Effect::Changes);
                    sleep.is_spent = true;
                }
            }
            op if op.changes() && !may_wait(op) && !op.may_be_polling() => sleep.is_spent = false,
            _ => {}
        }
    }

    /// Whether the wait of `task` that begins may end for no reason.
    pub(super) fn may_wake(&mut self, task: TaskId) -> bool {
        let sleep = self.task(task);
        sleep.may_wake = !sleep.is_spent;
        sleep.may_wake
    }

    /// `task` waits again as it has waited before: what has woken it is forgotten.
    pub(super) fn waits_again(&mut self, task: TaskId) {
        self.task(task).is_spent = false;
    }

    /// What is known of `task`, as a number.
    pub(super) fn known(&self, task: TaskId) -> u64 {
        let known = |sleep: &Sleep| {
            let Sleep { on, may_wake, is_spent } = sleep;
            u64::from(on.is_some()) | u64::from(*may_wake) << 1 | u64::from(*is_spent) << 2
        };
        self.0.get(task).map_or(0, known)
    }

    /// `task` is notified.
    pub(super) fn notified(&mut self, task: TaskId) {
        let sleep = self.task(task);
        (sleep.on, sleep.is_spent) = (None, false);
    }

    /// Whether `task`, which can go on, sleeps and would wake for no reason.
    pub(super) fn is_asleep(&self, task: TaskId) -> bool {
        self.0.get(task).is_some_and(|sleep| sleep.on.is_some() && sleep.may_wake)
    }
}
