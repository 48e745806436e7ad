//! The waiting lists of an execution's condition variables, and who comes off them: one list, since
//! most are empty.

use sync::control::{Note, Resource, TaskId, Wake};

use super::{
    fingerprint::{Deed, DeedKind},
    state::State,
    task::{Status, Task},
};
use crate::trace::Noted;

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

    /// Takes `task` off the list that it is on, which is that of the condition variable in the
    /// answer.
    pub(super) fn remove(&mut self, task: TaskId) -> Option<u32> {
        let position = self.0.iter().position(|sleeper| sleeper.task == task)?;
        Some(self.0.remove(position).condvar)
    }

    /// Takes the only one off who sleeps at all, as mostly there is, if it is on the list of `condvar`.
    #[inline]
    pub(super) fn take_only(&mut self, condvar: u32) -> Option<TaskId> {
        let &[Sleeper { task, condvar: on }] = self.0.as_slice() else { return None };
        if on != condvar {
            return None;
        }
        self.0.clear();
        Some(task)
    }

    /// How many are on the list of `condvar`.
    #[inline]
    pub(super) fn on(&self, condvar: u32) -> usize {
        self.0.iter().filter(|sleeper| sleeper.condvar == condvar).count()
    }

    /// Takes number `index` off the list of `condvar`, which is that long.
    #[inline]
    pub(super) fn take(&mut self, condvar: u32, index: usize) -> TaskId {
        let sleepers = self.0.iter().enumerate();
        let mut waiting = sleepers.filter(|(_, sleeper)| sleeper.condvar == condvar);
        let (position, _) = waiting.nth(index).expect("the list is long enough");
        // Mostly it is the last one, and then nothing has to be moved.
        let is_last = position + 1 == self.0.len();
        let sleeper = if is_last { self.0.pop() } else { Some(self.0.remove(position)) };
        sleeper.expect("it is there").task
    }
}

impl State {
    /// The running task goes to sleep on a condition variable.
    #[inline]
    pub(super) fn enlist(&mut self, condvar: &Resource) {
        let condvar = self.resources.index(condvar);
        let may_wake = self.limits.spurious && self.draw_wake();
        self.tasks[self.current].may_wake = may_wake;
        self.sleepers.add(self.current, condvar);
    }

    /// Whether a wait that begins now may end for no reason. Where all interleavings are run, none
    /// does that could be cut short because nobody else can move: when somebody waits for that, or
    /// when time jumps then.
    fn draw_wake(&mut self) -> bool {
        let waits_for_quiet = |task: &Task| task.status == Status::Quiescent;
        let is_cut_short =
            self.decides_always && (self.clock.is_kept() || self.tasks.iter().any(waits_for_quiet));
        let may_wake = !is_cut_short && self.may_wake_spuriously();
        self.draws.wakes.push(may_wake);
        may_wake
    }

    /// Whether what the running task is about to do fails, although it could succeed. It does not where
    /// all interleavings are run. Nor does it for who has failed so before, and has not succeeded
    /// since: a loop that tries again is through, and each failure is paid by a success.
    pub(super) fn fails_for_no_reason(&mut self) -> bool {
        let has_failed = std::mem::take(&mut self.tasks[self.current].has_failed);
        if !self.limits.spurious || has_failed {
            return false;
        }
        let fails = !self.decides_always && self.may_wake_spuriously();
        self.draws.wakes.push(fails);
        self.tasks[self.current].has_failed = fails;
        fails
    }

    /// The running task sleeps no more; `false` if it had been notified.
    pub(super) fn delist(&mut self) -> bool {
        self.leave_list(self.current, self.steps.len())
    }

    /// `task` wakes in the last of so many steps although it may not have been notified; whether it
    /// has not. Whoever notifies later finds one fewer: that order makes a difference.
    pub(super) fn leave_list(&mut self, task: TaskId, after: usize) -> bool {
        let Some(condvar) = self.sleepers.remove(task) else { return false };
        self.deeds.push(Deed { after, task, kind: DeedKind::Freed(condvar) });
        true
    }

    /// The running task notifies those who sleep on a condition variable.
    #[inline]
    pub(super) fn notify(&mut self, condvar: &Resource, wake: Wake) {
        let condvar = self.resources.index(condvar);
        if let Some(task) = self.sleepers.take_only(condvar) {
            self.wake(task);
            return;
        }
        let waiting = self.sleepers.on(condvar);
        if waiting == 0 {
            return;
        }
        let is_drawn = wake == Wake::One && waiting > 1;
        let picked = if is_drawn { self.draw(waiting) } else { 0 };
        let task = self.sleepers.take(condvar, picked);
        self.wake(task);
        if wake == Wake::All {
            for _ in 1..waiting {
                let task = self.sleepers.take(condvar, 0);
                self.wake(task);
            }
        }
    }

    /// The running task notifies `id`.
    fn wake(&mut self, id: TaskId) {
        let task = &mut self.tasks[id];
        let resource = task.resource;
        if task.status == Status::Asleep {
            self.ready.recall(id, task);
            if task.may_wake {
                self.set_dozing(self.dozing - 1);
            }
        }
        self.did(DeedKind::Woke(id));
        if self.is_heard {
            self.strategy.noted(self.current, Note::Woken, resource);
            self.strategy.woken(id);
        }
        self.note_woken(Noted { after: self.steps.len(), note: Note::Woken, resource });
    }
}
