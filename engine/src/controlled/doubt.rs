//! Who is next where that is not plain: nobody can move, somebody may wake for no reason, time could
//! pass, or all who can move only spin.

use sync::control::{TaskId, Test};

use super::{
    state::{NOBODY, State},
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
    pub(super) fn next_in_doubt(&mut self, has_asked: bool, sleeps: Option<Test<'_>>) -> TaskId {
        if self.ready.enabled().is_empty() {
            // A deadlock is told of tests that have been called, whatever has been kept.
            self.ready.review_all(&mut self.tasks);
        }
        if self.has_coasted() {
            return NOBODY;
        }
        let mut quiet = self.is_quiet();
        if quiet || self.ready.enabled().is_empty() {
            quiet &= !self.let_time_pass();
        }
        let nobody = self.ready.enabled().is_empty();
        if (nobody || quiet)
            && let Some(quiet) = self.grant_quiescence()
        {
            self.rouse(quiet);
            return quiet;
        }
        // Waking for no reason is not progress: it rescues nobody.
        if nobody {
            self.conclude(Self::stopped);
            return NOBODY;
        }
        if self.steps.len() >= self.limits.steps {
            self.conclude(|state| Outcome::StepLimit(state.limits.steps));
            return NOBODY;
        }
        self.find_awake(sleeps);
        let mut next = self.choose(has_asked);
        if self.decides_always && self.strategy.gives_up() {
            next = self.coast();
        }
        if self.tasks[next].status == Status::Asleep {
            self.rouse(next);
        }
        next
    }

    /// Whether the steps up to this milestone did nothing but look and try, and each of the enabled
    /// tasks took its share of them. A strategy may let one task spin for so long while another would
    /// get on.
    fn is_quiet(&mut self) -> bool {
        let taken = self.steps.len();
        if taken < self.milestone {
            return false;
        }
        pulse::beat();
        self.milestone = (taken + QUIET_AFTER).min(self.limits.steps);
        self.set_dozing(self.dozing);
        let recent = &self.steps[taken - QUIET_AFTER.min(taken)..];
        let spins = |&id: &TaskId| {
            let own = recent.iter().filter(|step| step.task == id).count();
            own >= QUIET_SHARE && self.tasks[id].pending.op.may_be_polling()
        };
        recent.iter().all(|step| step.operation.op.may_be_polling())
            && self.ready.enabled().iter().all(spins)
    }

    /// Jumps to the next moment at which a sleep ends, if somebody sleeps; whether somebody has.
    fn let_time_pass(&mut self) -> bool {
        let mut has_passed = false;
        for id in self.clock.jump() {
            let task = &mut self.tasks[id];
            task.status = Status::Ready;
            self.ready.enable(id, task);
            has_passed = true;
        }
        has_passed
    }

    /// Who has waited until nobody else can move; nobody wakes for no reason afterwards, since that
    /// would be a move.
    fn grant_quiescence(&mut self) -> Option<TaskId> {
        let quiet = self.tasks.iter().position(|task| task.status == Status::Quiescent)?;
        self.tasks.iter_mut().for_each(|task| task.may_wake = false);
        self.set_dozing(0);
        Some(quiet)
    }

    /// Finds those who could go on, and the sleepers that may wake for no reason.
    fn find_awake(&mut self, sleeps: Option<Test<'_>>) {
        self.awake.clear();
        self.awake.extend_from_slice(self.ready.enabled());
        for (id, task) in self.tasks.iter().enumerate() {
            let may_wake = task.status == Status::Asleep && task.may_wake;
            let is_free = || match sleeps {
                Some(test) if id == self.current => test(),
                _ => task.holds(),
            };
            if may_wake && is_free() {
                self.awake.push(id);
            }
        }
    }

    /// Task number `id`, which could not go on by itself, is to perform its pending operation.
    fn rouse(&mut self, id: TaskId) {
        let task = &mut self.tasks[id];
        let dozed = task.status == Status::Asleep && task.may_wake;
        task.status = Status::Ready;
        self.ready.enable(id, task);
        self.set_dozing(self.dozing - usize::from(dozed));
        self.leave_list(id, self.steps.len() + 1);
    }
}
