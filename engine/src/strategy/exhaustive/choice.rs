//! One choice as a search meets it: who could have been next, or what could have been picked.

use sync::control::{Op, TaskId};

use super::footprint::Footprint;
use crate::{analysis::Callbacks, trace::Operation};

/// Which interleavings are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// All but one of each class.
    Classes,
    /// What follows a state that has been met before, whatever its class. Every end is met, every
    /// observation, and every race of cells, and of callbacks if they must come in order.
    ///
    /// Believed are three things: what a lock guards is changed only through `&mut`; the condition of
    /// a [`yield_while`](sync::thread::yield_while) keeps nothing; and a wait that begins again at
    /// the same place, when its task has only looked since, is the same wait.
    States(Callbacks),
    /// Those with more preemptions than this.
    Preemptions(usize),
    /// None: plain depth-first search.
    None,
}

impl Reduction {
    /// Whether steps are left out that have been tried before, and have not been disturbed since.
    pub(super) fn lets_sleep(self) -> bool {
        matches!(self, Self::Classes | Self::States(_))
    }
}

/// One choice.
#[derive(Debug)]
pub(super) enum Choice {
    /// Who is next.
    Turn(Turn),
    /// What is picked among so many alternatives.
    Pick(usize),
}

/// Who could be next.
#[derive(Debug)]
pub(super) struct Turn {
    /// And what each would do.
    enabled: Vec<(TaskId, Operation)>,
    /// Whose step has been tried out before: what follows it has been seen.
    pub(super) asleep: Vec<Asleep>,
}

/// A task whose step has been tried out, and what that step touches.
#[derive(Clone, Debug)]
pub(super) struct Asleep {
    pub(super) task: TaskId,
    pub(super) footprint: Footprint,
}

impl Choice {
    /// The turn, if it is one.
    pub(super) fn turn(&self) -> Option<&Turn> {
        match self {
            Self::Turn(turn) => Some(turn),
            Self::Pick(_) => None,
        }
    }

    /// All that could be chosen.
    pub(super) fn all(&self) -> Vec<usize> {
        match self {
            Self::Turn(turn) => turn.enabled.iter().map(|&(task, _)| task).collect(),
            Self::Pick(alternatives) => (0..*alternatives).collect(),
        }
    }
}

impl Turn {
    pub(super) fn new(enabled: Vec<(TaskId, Operation)>, asleep: Vec<Asleep>) -> Self {
        Self { enabled, asleep }
    }

    /// Who is tried out first: `current` if it may be, and nobody if there is another whose `rank`
    /// is lower; nobody if all are asleep.
    pub(super) fn first(
        &self,
        current: Option<TaskId>,
        rank: impl Fn(TaskId, Op) -> u8,
    ) -> Option<TaskId> {
        let awake = self.enabled.iter().filter(|&&(task, _)| !self.sleeps(task));
        let first = awake
            .min_by_key(|&&(task, operation)| (rank(task, operation.op), Some(task) != current));
        first.map(|&(task, _)| task)
    }

    /// Leaves out those tasks of whom `is_left_out` holds, given all: whether there are any.
    pub(super) fn leave_out(
        &mut self,
        is_left_out: impl Fn(&[(TaskId, Operation)], TaskId) -> bool,
    ) -> bool {
        let all = self.enabled.clone();
        self.enabled.retain(|&(task, _)| !is_left_out(&all, task));
        self.enabled.len() < all.len()
    }

    /// Whether `task` could have been chosen.
    pub(super) fn is_enabled(&self, task: TaskId) -> bool {
        self.enabled.iter().any(|&(enabled, _)| enabled == task)
    }

    /// Whether what follows the step of `task` has been seen elsewhere.
    pub(super) fn sleeps(&self, task: TaskId) -> bool {
        self.asleep.iter().any(|asleep| asleep.task == task)
    }
}

/// Who of `asleep` sleeps on after a step that has touched `footprint`: those whose own step that
/// does not disturb.
pub(super) fn undisturbed(asleep: &[Asleep], footprint: &Footprint) -> Vec<Asleep> {
    let sleeps_on = |asleep: &&Asleep| !asleep.footprint.depends_on(footprint);
    asleep.iter().filter(sleeps_on).cloned().collect()
}
