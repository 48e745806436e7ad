//! One search, and all who take part in it.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};
use sync::control::Op;

use super::{
    Exhaustive, Reduction,
    met::{Left, Met, Tasks},
    tree::{Passed, Tree, Want},
};
use crate::Limits;

/// A search that several [`Exhaustive`] strategies can share, each on an OS thread of its own: what
/// one of them tries out, no other does.
#[derive(Clone, Debug)]
pub struct Search(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// The states that have been met, where what follows them is left out.
    met: Mutex<Met>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    tree: Tree,
    /// How many executions are under way.
    working: usize,
    /// How many wait for something to do.
    waiting: usize,
    is_stopped: bool,
    findings: Findings,
}

/// What the executions so far have shown of the search itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "any of them may be found with any other")]
pub struct Findings {
    /// Whether the bound on preemptions has left something out.
    pub has_left_out: bool,
    /// Whether the program has not done the same after the same choices.
    pub has_parted: bool,
    /// Whether somebody has slept, or waited until nobody could move: what follows depends on more
    /// than states tell then.
    needs_more_than_states: bool,
    /// Whether an atomic was loaded that might have been seen as it was earlier.
    loads_weakly: bool,
}

impl Findings {
    /// Whether a search for states may go on from where one for classes is left, within these `limits`:
    /// what a load may see depends on more than a state.
    pub fn may_go_by_states(&self, limits: Limits) -> bool {
        !(self.needs_more_than_states || limits.weak_memory && self.loads_weakly)
    }

    /// `op` is performed.
    pub(super) fn see(&mut self, op: Op) {
        self.needs_more_than_states |= matches!(op, Op::Sleep | Op::Quiesce);
        self.loads_weakly |= matches!(op, Op::LoadRelaxed | Op::LoadAcquire);
    }

    fn add(&mut self, other: Self) {
        self.has_left_out |= other.has_left_out;
        self.has_parted |= other.has_parted;
        self.needs_more_than_states |= other.needs_more_than_states;
        self.loads_weakly |= other.loads_weakly;
    }
}

/// What a strategy hands in when an execution is over.
pub(super) struct Done {
    /// Which choice of its path was new.
    pub(super) fresh: usize,
    pub(super) wants: Vec<Want>,
    pub(super) findings: Findings,
}

impl Search {
    /// A search for all interleavings but those that `reduction` leaves out.
    pub fn new(reduction: Reduction) -> Self {
        let (tree, findings) = (Tree::new(reduction), Findings::default());
        let state = State { tree, working: 0, waiting: 0, is_stopped: false, findings };
        let (state, met, changed) = (Mutex::new(state), Mutex::default(), Condvar::new());
        Self(Arc::new(Shared { state, met, changed }))
    }

    /// One more who takes part.
    pub fn strategy(&self) -> Exhaustive {
        Exhaustive::taking_part(self.clone(), self.reduction())
    }

    /// What it leaves out.
    pub fn reduction(&self) -> Reduction {
        self.0.state.lock().tree.reduction
    }

    /// Nobody begins another execution.
    pub fn stop(&self) {
        self.0.state.lock().is_stopped = true;
        self.0.changed.notify_all();
    }

    /// Whether every interleaving has been run but those that are left out.
    pub fn is_exhausted(&self) -> bool {
        let state = self.0.state.lock();
        state.working == 0 && state.tree.is_exhausted()
    }

    /// Which part of the search is done, from 0 to 1: an estimate.
    pub fn done(&self) -> f64 {
        self.0.state.lock().tree.done()
    }

    /// What the executions so far have shown of the search itself.
    pub fn findings(&self) -> Findings {
        self.0.state.lock().findings
    }

    /// How many states have been met, where what follows one is run once.
    pub fn states(&self) -> u64 {
        self.0.met.lock().states() as u64
    }

    /// An execution comes to `state` where `asleep` sleep: what it is to try there.
    pub(super) fn come(&self, state: u64, asleep: Tasks) -> Left {
        self.0.met.lock().come(state, asleep)
    }

    /// Hands in what the execution along `path` has shown, if one has been run, and claims something
    /// to try out, to which `path` then leads: the number of the choice that is new; `None` if
    /// nothing is left. Waits while others may still find something.
    pub(super) fn next(&self, done: Option<Done>, path: &mut Vec<Passed>) -> Option<usize> {
        let mut state = self.0.state.lock();
        if let Some(Done { fresh, wants, findings }) = done {
            state.tree.publish(path, fresh, &wants);
            state.findings.add(findings);
            state.working -= 1;
            if state.waiting > 0 {
                self.0.changed.notify_all();
            }
        }
        loop {
            if state.is_stopped {
                return None;
            }
            if let Some(fresh) = state.tree.claim(path) {
                state.working += 1;
                return Some(fresh);
            }
            if state.working == 0 {
                self.0.changed.notify_all();
                return None;
            }
            // What this path leads to may be gone when somebody else has something.
            path.clear();
            state.waiting += 1;
            self.0.changed.wait(&mut state);
            state.waiting -= 1;
        }
    }
}
