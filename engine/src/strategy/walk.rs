//! What strategies that learn have in common: each is a walk, and its walker keeps the seed, the
//! census and the patience.

use sync::control::TaskId;

use super::{
    Choices, Generator, Strategy, census::Census, patience::Patience, precedence::Precedence,
};
use crate::trace::Operation;

/// A way to choose, one execution at a time. What earlier executions were like, it asks the
/// [census](Census).
pub(super) trait Walk: Send {
    /// An execution begins.
    fn begin(&mut self, census: &Census, draw: &mut Generator);

    /// Whether it is to be told of tasks and steps.
    fn watches(&self) -> bool {
        false
    }

    /// The first has spawned the second.
    fn spawned(
        &mut self,
        _census: &Census,
        _parent_and_task: (Option<TaskId>, TaskId),
        _draw: &mut Generator,
    ) {
    }

    /// `task` performs `operation`.
    fn executed(&mut self, _census: &Census, _task: TaskId, _operation: &Operation) {}

    /// Picks one of the enabled tasks, of which there are at least two.
    fn choose(&mut self, census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId;

    /// What decides in its place, if it does nothing else.
    fn lend(&mut self) -> Option<Box<Precedence>> {
        None
    }

    /// What it has lent.
    fn take_back(&mut self, precedence: Box<Precedence>) {
        drop(precedence);
    }

    /// Picks one of `0..alternatives`, of which there are at least two.
    fn pick(&mut self, alternatives: usize, draw: &mut Generator) -> usize {
        draw.below(alternatives)
    }

    /// Whether a wait that begins now may end for no reason.
    fn may_wake_spuriously(&mut self, draw: &mut Generator) -> bool {
        draw.below(8) == 0
    }
}

/// One walk, as a strategy.
#[derive(Clone, Debug)]
pub(super) struct Walker<W> {
    seed: u64,
    draw: Generator,
    census: Census,
    patience: Patience,
    walk: W,
}

impl<W: Walk> Walker<W> {
    pub(super) fn new(seed: u64, walk: W) -> Self {
        let (census, patience) = (Census::default(), Patience::default());
        Self { seed, draw: Generator::new(seed, 0), census, patience, walk }
    }
}

impl<W: Walk> Strategy for Walker<W> {
    fn begin(&mut self, execution: u64) -> bool {
        self.draw = Generator::new(self.seed, execution);
        self.patience.renew();
        self.census.begin(execution);
        self.walk.begin(&self.census, &mut self.draw);
        true
    }

    #[inline]
    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        if self.patience.is_over() {
            return choices.any(&mut self.draw);
        }
        self.census.decide(1);
        let chosen = self.walk.choose(&self.census, choices, &mut self.draw);
        self.patience.note(chosen);
        chosen
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        self.walk.pick(alternatives, &mut self.draw)
    }

    fn may_wake_spuriously(&mut self) -> bool {
        self.walk.may_wake_spuriously(&mut self.draw)
    }

    fn watches(&self) -> bool {
        self.walk.watches()
    }

    fn lend(&mut self) -> Option<Box<Precedence>> {
        self.walk.lend()
    }

    fn take_back(&mut self, precedence: Box<Precedence>) {
        self.census.decide(precedence.decisions());
        self.patience = precedence.patience().clone();
        self.walk.take_back(precedence);
    }

    fn spawned(&mut self, parent: Option<TaskId>, task: TaskId) {
        self.census.spawned(parent, task);
        self.walk.spawned(&self.census, (parent, task), &mut self.draw);
    }

    #[inline]
    fn executed(&mut self, task: TaskId, operation: &Operation) {
        self.census.executed(task, operation);
        self.walk.executed(&self.census, task, operation);
    }

    fn lessons(&self) -> u64 {
        super::census::LESSONS
    }
}
