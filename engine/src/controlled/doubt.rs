//! Who is next where that is not plain: nobody can move, somebody may wake for no reason, time could
//! pass, or all who can move only spin.

use sync::control::{Question, TaskId};

use super::{
    state::{State, holds},
    task::Status,
};
use crate::{outcome::Outcome, pulse};

/// After how many steps that only look and try all tasks are taken not to move: they spin.
pub(super) const QUIET_AFTER: usize = 1000;

/// How many of them each task must have taken.
const QUIET_SHARE: usize = 10;

impl State {
    /// Chooses when nobody can move, or somebody may wake for no reason, or all may be spinning.
    #[cold]
    pub(super) fn advance_in_doubt(
        &mut self,
        asking: Option<&Question<'_>>,
        mut count: usize,
    ) -> Option<TaskId> {
        let mut quiet = self.is_quiet(count);
        if quiet || count == 0 {
            let awake = self.let_time_pass(count);
            quiet &= awake == count;
            count = awake;
        }
        let nobody = count == 0;
        if (nobody || quiet)
            && let Some(quiet) = self.grant_quiescence()
        {
            return Some(self.rouse(quiet));
        }
        // Waking for no reason is not progress: it rescues nobody.
        if nobody {
            self.outcome = Some(self.stopped());
            return None;
        }
        if self.steps.len() >= self.limits.steps {
            self.outcome = Some(Outcome::StepLimit(self.limits.steps));
            return None;
        }
        let count = self.add_spurious(asking, count);
        let next = self.choose(asking, count);
        if self.decides_always && self.strategy.gives_up() {
            self.tell_who_waits(count);
            self.outcome = Some(Outcome::GivenUp);
            return None;
        }
        let is_asleep = self.tasks[next].status == Status::Asleep;
        Some(if is_asleep { self.rouse(next) } else { self.commit(next) })
    }

    /// Whether the steps up to this milestone did nothing but look and try, and each of the first
    /// `count` enabled tasks took its share of them. A strategy may let one task spin for so long
    /// while another would get on.
    fn is_quiet(&mut self, count: usize) -> bool {
        let taken = self.steps.len();
        if taken < self.milestone {
            return false;
        }
        pulse::beat();
        self.milestone = (taken + QUIET_AFTER).min(self.limits.steps);
        let recent = &self.steps[taken - QUIET_AFTER.min(taken)..];
        let spins = |&id: &TaskId| {
            let own = recent.iter().filter(|step| step.task == id).count();
            own >= QUIET_SHARE && self.tasks[id].pending.op.may_be_polling()
        };
        recent.iter().all(|step| step.operation.op.may_be_polling())
            && self.enabled[..count].iter().all(spins)
    }

    /// Jumps to the next moment at which a sleep ends, if somebody sleeps; how many are enabled
    /// then, if there were `count` before.
    fn let_time_pass(&mut self, mut count: usize) -> usize {
        for awake in self.clock.jump() {
            self.tasks[awake].status = Status::Ready;
            self.enabled[count] = awake;
            count += 1;
        }
        for index in 0..count {
            self.candidate(self.enabled[index]);
        }
        self.enabled[..count].sort_unstable();
        count
    }

    /// Who has waited until nobody else can move; nobody wakes for no reason afterwards, since that
    /// would be a move.
    fn grant_quiescence(&mut self) -> Option<TaskId> {
        let quiet = self.tasks.iter().position(|task| task.status == Status::Quiescent)?;
        self.tasks.iter_mut().for_each(|task| task.may_wake = false);
        self.dozing = 0;
        Some(quiet)
    }

    /// Adds the sleepers that may wake for no reason to the `count` enabled tasks; how many there
    /// are then.
    fn add_spurious(&mut self, asking: Option<&Question<'_>>, mut count: usize) -> usize {
        for (id, task) in self.tasks.iter().enumerate() {
            let may_wake = task.status == Status::Asleep && task.may_wake;
            let is_free = || match asking {
                Some(question) if id == self.current => holds(&question.enabled),
                _ => task.holds(),
            };
            if may_wake && is_free() {
                self.enabled[count] = id;
                count += 1;
            }
        }
        count
    }

    /// `task`, which was no candidate, performs its pending operation.
    fn rouse(&mut self, task: TaskId) -> TaskId {
        let roused = &mut self.tasks[task];
        self.dozing -= usize::from(roused.status == Status::Asleep && roused.may_wake);
        roused.status = Status::Ready;
        self.candidate(task);
        self.commit(task);
        self.leave_list(task);
        task
    }
}
