//! Every interleaving, one execution of each class.

mod causality;
mod footprint;
mod history;
mod spinning;
mod tree;

use sync::control::{Note, Op, TaskId};

pub use self::tree::Reduction;
use self::{
    history::History,
    spinning::Spinning,
    tree::{Node, Tree, Turn},
};
use super::{Choices, Strategy};
use crate::trace::Operation;

/// Runs every interleaving: when [`begin`](Strategy::begin) says no, there are no others.
///
/// Executions whose traces differ only in the order of independent steps are of one class, and one
/// of each class is enough. This is source-DPOR with sleep sets (Abdulla, Aronis, Jonsson and
/// Sagonas, POPL 2014): after each execution, wherever two dependent steps could have come the
/// other way round, a task that leads there is wanted at the earlier of the two. What a sleep set
/// holds back would only repeat a class; an execution in which nothing else is left is
/// [given up](Strategy::gives_up).
///
/// Which waiter a notification wakes, and all else that is [picked](Strategy::pick), is tried out
/// in full. Nobody wakes for no reason. A task that yields is not chosen before somebody has
/// changed what it has looked at since it yielded last: until then it would only look again.
#[derive(Debug)]
pub struct Exhaustive {
    tree: Tree,
    history: History,
    spinning: Spinning,
    progress: Progress,
    /// From which node on the tree is new.
    fresh: Option<usize>,
}

/// How far the execution under way has come.
#[derive(Debug, Default)]
struct Progress {
    /// How many nodes of the tree it has passed.
    depth: usize,
    /// The last turn that it has passed.
    turn: Option<usize>,
    /// Whether the step that was chosen there is yet to be told.
    is_new_step: bool,
    /// Whether the last step has been looked at as a whole.
    is_settled: bool,
    preemptions: usize,
    gives_up: bool,
}

impl Exhaustive {
    /// All interleavings but those that `reduction` leaves out.
    pub fn new(reduction: Reduction) -> Self {
        Self {
            tree: Tree::new(reduction),
            history: History::default(),
            spinning: Spinning::default(),
            progress: Progress::default(),
            fresh: None,
        }
    }

    /// The step under way is over: all is known of it.
    fn settle(&mut self) {
        if !std::mem::replace(&mut self.progress.is_settled, true)
            && let Some(event) = self.history.last_mut()
        {
            self.spinning.happened(event);
        }
    }

    /// A turn that has not been met before: nobody, if whatever comes has been seen elsewhere.
    fn new_turn(&mut self, choices: &Choices<'_>) {
        let mut enabled = self.spinning.without_idle(choices);
        if let Reduction::Preemptions(bound) = self.tree.reduction()
            && self.progress.preemptions >= bound
        {
            let all = enabled.clone();
            enabled.retain(|&(task, _)| !preempts(choices, &all, task));
        }
        let asleep = match (self.tree.reduction(), self.progress.turn, self.history.last()) {
            (Reduction::Classes, Some(turn), Some(step)) => self.tree.turn(turn).asleep_after(step),
            _ => Vec::new(),
        };
        self.tree.push_turn(Turn::new(enabled, choices.current(), asleep));
    }
}

/// Whether choosing `task` leaves one that could go on, and has not offered to wait.
fn preempts(choices: &Choices<'_>, enabled: &[(TaskId, Operation)], task: TaskId) -> bool {
    let goes_on = |&(other, operation): &(TaskId, Operation)| {
        Some(other) == choices.current() && operation.op != Op::Yield
    };
    Some(task) != choices.current() && enabled.iter().any(goes_on)
}

impl Strategy for Exhaustive {
    fn begin(&mut self, _execution: u64) -> bool {
        self.settle();
        if let Some(fresh) = self.fresh {
            self.history.note_footprints(&mut self.tree);
            if self.tree.reduction() == Reduction::Classes {
                self.history.want_reversals(&mut self.tree, fresh);
            }
        }
        self.fresh = if self.fresh.is_none() { Some(0) } else { self.tree.advance() };
        self.history.clear();
        self.spinning.clear();
        self.progress = Progress::default();
        self.fresh.is_some()
    }

    fn decides_always(&self) -> bool {
        true
    }

    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        self.settle();
        let depth = self.progress.depth;
        if self.tree.len() == depth {
            self.new_turn(choices);
        }
        let chosen = match self.tree.node(depth) {
            Some(Node::Turn(turn)) => Some(turn.chosen),
            // All are asleep, or the program has not done the same as before.
            _ => None,
        };
        let Some(chosen) = chosen.filter(|chosen| choices.enabled().contains(chosen)) else {
            self.progress.gives_up = true;
            return choices.enabled()[0];
        };
        let enabled: Vec<_> =
            choices.enabled().iter().map(|&task| (task, choices.operation(task))).collect();
        self.progress.preemptions += usize::from(preempts(choices, &enabled, chosen));
        self.progress.turn = Some(depth);
        self.progress.is_new_step = true;
        self.progress.depth += 1;
        chosen
    }

    fn gives_up(&self) -> bool {
        self.progress.gives_up
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        let depth = self.progress.depth;
        if self.tree.len() == depth {
            self.tree.push_pick(alternatives);
        }
        self.progress.depth += 1;
        if let Some(Node::Pick { picked, .. }) = self.tree.node(depth) {
            return *picked;
        }
        // The program has not done the same as before.
        self.progress.gives_up = true;
        0
    }

    fn may_wake_spuriously(&mut self) -> bool {
        false
    }

    fn watches(&self) -> bool {
        true
    }

    fn spawned(&mut self, _parent: Option<TaskId>, task: TaskId) {
        self.history.spawned(task);
    }

    fn executed(&mut self, task: TaskId, operation: &Operation) {
        self.settle();
        let is_chosen = std::mem::take(&mut self.progress.is_new_step);
        let turn = self.progress.turn.filter(|_| is_chosen);
        self.history.executed(task, operation, turn);
        self.progress.is_settled = false;
    }

    fn noted(&mut self, task: TaskId, note: Note, resource: u32) {
        match note {
            Note::Freed => self.history.freed(resource),
            Note::Awaits => self.history.awaits(task, resource),
            Note::OnlyLoaded(_) => self.history.found_out(false),
            Note::Taken => self.history.found_out(true),
            Note::Spawned | Note::Woken => {}
        }
    }

    fn woken(&mut self, task: TaskId) {
        self.history.woken(task);
    }

    fn stopped(&mut self, waiting: &[(TaskId, Operation)]) {
        self.history.stopped(waiting);
    }
}
