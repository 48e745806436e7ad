//! The selectively uniform random walk (Zhao, Wolff, Mathur and Roychoudhury, ASPLOS 2025).

use sync::control::TaskId;

use super::{
    Choices, Generator,
    census::Census,
    priorities::Priorities,
    profile::{EVENT, Name},
    walk::Walk,
};
use crate::trace::Operation;

/// Draws one resource for each execution, and makes every order of the operations on it as likely
/// as every other; what else happens in between is up to random priorities.
///
/// Which task is to come to the resource next, the *intended* one, is drawn in proportion to how
/// often each has yet to touch it. Others who come to it have to wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Surw {
    target: Option<Name>,
    priorities: Priorities,
    /// By task: how often it has yet to touch the target, in [events](EVENT).
    left: Vec<u64>,
    intended: Option<TaskId>,
    /// By task: whether it waits for the intended one.
    waits: Vec<bool>,
    /// Scratch space: who could go and does not wait.
    free: Vec<TaskId>,
}

impl Surw {
    fn is_target(&self, census: &Census, task: TaskId, operation: &Operation) -> bool {
        self.target.is_some() && census.name(task, operation) == self.target
    }

    /// Nobody waits any more.
    fn release(&mut self) {
        self.waits.fill(false);
    }

    /// Whether `task`, which is at the target, may go on.
    fn is_intended(&mut self, task: TaskId, draw: &mut Generator) -> bool {
        // It is here once more than was expected of it.
        self.left[task] = self.left[task].max(EVENT);
        let Self { intended, left, .. } = self;
        *intended.get_or_insert_with(|| draw.weighted(left.len(), |task| left[task])) == task
    }

    /// All who could go wait for one who cannot: one of them is intended now.
    fn give_way(&mut self, enabled: &[TaskId], draw: &mut Generator) {
        self.intended = Some(enabled[draw.below(enabled.len())]);
        self.release();
    }
}

impl Walk for Surw {
    fn begin(&mut self, census: &Census, draw: &mut Generator) {
        self.target = census.profile().draw_contended(draw);
        self.priorities.clear();
        self.left.clear();
        self.waits.clear();
        self.intended = None;
    }

    fn watches(&self) -> bool {
        true
    }

    fn spawned(
        &mut self,
        census: &Census,
        (parent, task): (Option<TaskId>, TaskId),
        draw: &mut Generator,
    ) {
        let touches = |target| census.profile().touches(census.role(task), target);
        let own = self.target.map_or(0, touches);
        self.left.push(own);
        self.waits.push(false);
        let Some(parent) = parent else { return };
        // What was intended for the parent may have been meant for the child.
        let of_both = self.left[parent].max(own);
        if self.intended == Some(parent) && of_both > 0 && draw.share(of_both) < own {
            self.intended = Some(task);
        }
        self.left[parent] = of_both - own;
    }

    #[inline]
    fn executed(&mut self, census: &Census, task: TaskId, operation: &Operation) {
        self.priorities.forget(task);
        if self.is_target(census, task, operation) {
            self.left[task] = self.left[task].saturating_sub(EVENT);
            if self.intended == Some(task) {
                self.intended = None;
                self.release();
            }
        }
    }

    fn choose(&mut self, census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let mut free = std::mem::take(&mut self.free);
        let chosen = loop {
            free.clear();
            free.extend(choices.enabled().iter().filter(|&&task| !self.waits[task]));
            if free.is_empty() {
                self.give_way(choices.enabled(), draw);
                continue;
            }
            let top = self.priorities.top_of(&free, draw);
            let at_target = self.is_target(census, top, &choices.operation(top));
            if !at_target || self.is_intended(top, draw) {
                break top;
            }
            self.waits[top] = true;
        };
        self.free = free;
        chosen
    }
}
