//! Who is next: the question, and those who answer it.

mod abreast;
mod arrivals;
mod census;
mod crowd;
mod exhaustive;
mod fresh;
mod generator;
mod habit;
mod kind;
mod mix;
mod patience;
mod pct;
mod pos;
mod precedence;
mod priorities;
mod profile;
mod random;
mod replay;
mod serial;
mod surw;
mod tree;
mod urw;
mod walk;

use sync::control::{Kind, Note, TaskId};

pub use self::{
    exhaustive::{Digest, Exhaustive, Findings, Reduction, Search},
    generator::Generator,
    kind::StrategyKind,
    mix::Mix,
    precedence::Precedence,
    random::Random,
    replay::{Guide, Witness},
};
pub(crate) use self::{
    generator::{Drawn, mix},
    replay::{Desk, Replay},
};
use crate::trace::Operation;

/// Decides which task runs next.
///
/// A strategy sees task numbers and pending operations, never the program. Given the same seed and
/// the same questions it gives the same answers.
pub trait Strategy: Send {
    /// Prepares for execution number `execution`, counted from zero; `false` means that there is
    /// nothing left to try.
    fn begin(&mut self, execution: u64) -> bool;

    /// Picks one of the enabled tasks, of which there are at least two.
    fn choose(&mut self, choices: &Choices<'_>) -> TaskId;

    /// Picks one of `0..alternatives`, of which there are at least two: which waiter a
    /// notification wakes, in which order calls are made.
    fn pick(&mut self, alternatives: usize) -> usize;

    /// Picks one of `0..alternatives`, of which there are at least two: how many stores have replaced the
    /// one that a load sees.
    fn pick_store(&mut self, alternatives: usize) -> usize {
        self.pick(alternatives)
    }

    /// Whether a wait that begins now may end for no reason, or a weak compare-exchange that could
    /// succeed fails for none.
    fn may_wake_spuriously(&mut self) -> bool {
        self.pick(8) == 0
    }

    /// Whether it is to be told in the execution that begins now what tasks there are and what
    /// they do. Asked once, before anything happens.
    fn watches(&self) -> bool {
        false
    }

    /// Whether it is to be told, too, what else they do within their steps. Asked once, before
    /// anything happens, of those who [watch](Self::watches).
    fn listens(&self) -> bool {
        false
    }

    /// Whether it is asked who is next even where only one task is enabled. Asked once, before
    /// anything happens.
    fn decides_always(&self) -> bool {
        false
    }

    /// Where to draw from in the execution that begins now, if it picks any of the enabled tasks and
    /// of all alternatives, each as likely as the others. Then the engine draws by itself, and asks
    /// nothing. Asked once, before anything happens.
    fn draws_evenly(&self) -> Option<Generator> {
        None
    }

    /// What decides who is next in the execution that begins now, if that takes no more than to know which
    /// tasks are enabled. The engine asks it in place of the strategy for as long as it has an answer, and
    /// gives it [back](Self::take_back). Asked once, before anything happens.
    fn lend(&mut self) -> Option<Box<Precedence>> {
        None
    }

    /// What it has [lent](Self::lend): it is asked from here on, or the execution is over.
    fn take_back(&mut self, precedence: Box<Precedence>) {
        drop(precedence);
    }

    /// Whether the execution under way is to be ended here, since it has nothing new to show: asked
    /// after each choice of those who [decide always](Self::decides_always).
    fn gives_up(&self) -> bool {
        false
    }

    /// A resource of this kind is met for the first time. Only told to those who
    /// [listen](Self::listens), before anything else that is told of it.
    fn met(&mut self, _resource: u32, _kind: Kind) {}

    /// `task` has been spawned by `parent`. Only told to those who [watch](Self::watches).
    fn spawned(&mut self, _parent: Option<TaskId>, _task: TaskId) {}

    /// `task` is about to perform `operation`, chosen or because nobody else could move. Only told
    /// to those who [watch](Self::watches).
    fn executed(&mut self, _task: TaskId, _operation: &Operation) {}

    /// How many executions, from number 0 on, it learns from. Those are to be run in order, by one
    /// engine; each later one depends on them and on its own number alone.
    fn lessons(&self) -> u64 {
        0
    }

    /// `task` does something with `resource` besides the operation of the step under way. Only told
    /// to those who [listen](Self::listens).
    fn noted(&mut self, _task: TaskId, _note: Note, _resource: u32) {}

    /// The step of `task` under way shows others something, besides its operation and what it unlocks.
    /// Only told to those who [watch](Self::watches) and do not [listen](Self::listens).
    fn shows(&mut self, _task: TaskId) {}

    /// `resource` has been changed, and holds what `value` stands for. Only told to those who
    /// [listen](Self::listens).
    fn holds(&mut self, _resource: u32, _value: u64) {}

    /// The step under way lets `task` go on. Only told to those who [listen](Self::listens).
    fn woken(&mut self, _task: TaskId) {}

    /// The execution ends, since nobody can move or it is given up, and these wait. Only told to those
    /// who [listen](Self::listens).
    fn stopped(&mut self, _waiting: &[(TaskId, Operation)]) {}
}

/// The tasks that could go on, and what they would do.
pub struct Choices<'a> {
    enabled: &'a [TaskId],
    current: Option<TaskId>,
    pending: &'a dyn Operations,
}

/// The tasks' pending operations.
pub trait Operations {
    /// What `task` would do next.
    fn of(&self, task: TaskId) -> Operation;

    /// How many steps the execution has taken.
    fn steps(&self) -> usize {
        0
    }
}

impl<'a> Choices<'a> {
    /// The choice among `enabled`, whose operations `pending` tells.
    #[inline]
    pub fn new(
        enabled: &'a [TaskId],
        current: Option<TaskId>,
        pending: &'a dyn Operations,
    ) -> Self {
        Self { enabled, current, pending }
    }

    /// The tasks to choose from: at least two, in ascending order but for those that would wake
    /// spuriously, which come last.
    #[inline]
    pub fn enabled(&self) -> &'a [TaskId] {
        self.enabled
    }

    /// The task that asked, if it has not ended. Choosing another while it is enabled is a
    /// preemption.
    pub fn current(&self) -> Option<TaskId> {
        self.current
    }

    /// What `task` would do next.
    pub fn operation(&self, task: TaskId) -> Operation {
        self.pending.of(task)
    }

    /// The number of the step that is chosen for, counted from zero.
    pub fn step(&self) -> usize {
        self.pending.steps()
    }

    /// Any of the enabled tasks, each as likely as the others.
    #[inline]
    fn any(&self, draw: &mut Generator) -> TaskId {
        self.enabled[draw.below(self.enabled.len())]
    }
}
