//! The choices that lead to the execution under way, and what is left to try at each of them.

use sync::control::TaskId;

use super::footprint::Footprint;
use crate::trace::Operation;

/// Which interleavings are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// All but one of each class.
    Classes,
    /// Those with more preemptions than this.
    Preemptions(usize),
    /// None: plain depth-first search.
    None,
}

/// The choices, in the order in which the execution under way comes to them.
#[derive(Debug)]
pub(super) struct Tree {
    reduction: Reduction,
    nodes: Vec<Node>,
}

/// One choice.
#[derive(Debug)]
pub(super) enum Node {
    /// Who was next.
    Turn(Turn),
    /// What was picked among so many alternatives.
    Pick { picked: usize, alternatives: usize },
}

/// Who was next.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) chosen: TaskId,
    /// What the step touched.
    footprint: Footprint,
    /// Who could have been, and what each would have done.
    enabled: Vec<(TaskId, Operation)>,
    /// Whose step has been tried out here or before: what follows it has been seen.
    asleep: Vec<Asleep>,
    /// Who is to be chosen here sooner or later, or has been.
    wanted: Vec<TaskId>,
}

/// A task whose step has been tried out, and what that step touches.
#[derive(Clone, Debug)]
pub(super) struct Asleep {
    task: TaskId,
    footprint: Footprint,
}

impl Tree {
    pub(super) fn new(reduction: Reduction) -> Self {
        Self { reduction, nodes: Vec::new() }
    }

    pub(super) fn reduction(&self) -> Reduction {
        self.reduction
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, depth: usize) -> Option<&Node> {
        self.nodes.get(depth)
    }

    /// The turn at `depth`.
    pub(super) fn turn(&self, depth: usize) -> &Turn {
        match &self.nodes[depth] {
            Node::Turn(turn) => turn,
            Node::Pick { .. } => unreachable!("nobody's turn was noted here"),
        }
    }

    pub(super) fn turn_mut(&mut self, depth: usize) -> &mut Turn {
        match &mut self.nodes[depth] {
            Node::Turn(turn) => turn,
            Node::Pick { .. } => unreachable!("nobody's turn was noted here"),
        }
    }

    /// Adds the next turn, if anybody can have it.
    pub(super) fn push_turn(&mut self, turn: Option<Turn>) {
        let Some(mut turn) = turn else { return };
        if self.reduction != Reduction::Classes {
            turn.want_all();
        }
        self.nodes.push(Node::Turn(turn));
    }

    /// Adds the next pick.
    pub(super) fn push_pick(&mut self, alternatives: usize) {
        self.nodes.push(Node::Pick { picked: 0, alternatives });
    }

    /// Goes to the next combination of choices, which is the same up to the node whose number is
    /// the answer; `None` if there are no more.
    pub(super) fn advance(&mut self) -> Option<usize> {
        while let Some(last) = self.nodes.last_mut() {
            let goes_on = match last {
                Node::Turn(turn) => turn.advance(),
                Node::Pick { picked, alternatives } => {
                    *picked += 1;
                    *picked < *alternatives
                }
            };
            if goes_on {
                return Some(self.nodes.len() - 1);
            }
            self.nodes.pop();
        }
        None
    }
}

impl Turn {
    /// A turn of one of `enabled`, of `current` if it may be; `None` if all are asleep.
    pub(super) fn new(
        enabled: Vec<(TaskId, Operation)>,
        current: Option<TaskId>,
        asleep: Vec<Asleep>,
    ) -> Option<Self> {
        let is_awake = |task: &TaskId| !asleep.iter().any(|asleep| asleep.task == *task);
        let awake = || enabled.iter().map(|&(task, _)| task).filter(is_awake);
        let chosen = awake().find(|&task| Some(task) == current).or_else(|| awake().next())?;
        let footprint = Footprint::default();
        Some(Self { chosen, footprint, enabled, asleep, wanted: vec![chosen] })
    }

    /// Whether `task` could have been chosen.
    pub(super) fn is_enabled(&self, task: TaskId) -> bool {
        self.enabled.iter().any(|&(enabled, _)| enabled == task)
    }

    /// What the step of the chosen task touched.
    pub(super) fn note_footprint(&mut self, footprint: &Footprint) {
        self.footprint.clone_from(footprint);
    }

    /// One of `tasks` is to be chosen here, the first if nothing else speaks for another; if it
    /// cannot be, everybody.
    pub(super) fn want_one_of(&mut self, tasks: &[TaskId]) {
        let is_tried = |task: &TaskId| {
            self.wanted.contains(task) || self.asleep.iter().any(|asleep| asleep.task == *task)
        };
        if tasks.iter().any(is_tried) {
            return;
        }
        match tasks.iter().find(|&&task| self.is_enabled(task)) {
            Some(&task) => self.wanted.push(task),
            None => self.want_all(),
        }
    }

    fn want_all(&mut self) {
        for &(task, _) in &self.enabled {
            if !self.wanted.contains(&task) {
                self.wanted.push(task);
            }
        }
    }

    /// Who is asleep at the next turn, after a step of the chosen task that has touched
    /// `footprint`: those whose own step that does not disturb.
    pub(super) fn asleep_after(&self, footprint: &Footprint) -> Vec<Asleep> {
        let undisturbed = |asleep: &&Asleep| !asleep.footprint.depends_on(footprint);
        self.asleep.iter().filter(undisturbed).cloned().collect()
    }

    /// Lets the chosen task sleep and chooses another one that is wanted, if there is one.
    fn advance(&mut self) -> bool {
        let footprint = std::mem::take(&mut self.footprint);
        self.asleep.push(Asleep { task: self.chosen, footprint });
        let is_awake = |task: &&TaskId| !self.asleep.iter().any(|asleep| asleep.task == **task);
        let next = self.wanted.iter().find(is_awake).copied();
        self.chosen = next.unwrap_or(self.chosen);
        next.is_some()
    }
}
