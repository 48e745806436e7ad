//! Never the same twice: a random walk without repetition, by sleep sets (Godefroid, 1996).

use sync::control::TaskId;

use super::{
    Choices, Generator,
    census::Census,
    tree::{Tree, Way},
    urw::Urw,
    walk::Walk,
};
use crate::trace::Operation;

/// Remembers every way it has gone, and goes another one each time.
///
/// Where two branches differ only in the order of independent operations, the later one sleeps: what
/// it leads to, the earlier one leads to as well. So each execution shows an interleaving class that
/// none before has shown, and a program that has few of them is soon through: it
/// [says](Fresh::has_few_left) whether it has met one.
///
/// Off the tree, where it has no memory, it still lets some of those sleep whom it does not choose.
/// So classes are far more alike in probability than in a walk that meets a class as often as there
/// are ways to write it down.
#[derive(Clone, Debug, Default)]
pub(super) struct Fresh {
    tree: Tree,
    /// Prefers tasks that have much to do, or the ends where they come last would hardly be reached.
    uniform: Urw,
    way: Way,
    /// What was known when the tree began: what is no decision then must not become one later.
    revision: u64,
    /// Who sleeps now, and the operation that each sleeps with.
    asleep: Vec<(TaskId, Operation)>,
    /// Scratch space: who could go and does not sleep.
    awake: Vec<TaskId>,
}

/// After how many decisions an execution is too long for a program of few classes.
const SHORT: u64 = 12;

impl Fresh {
    /// Whether the program seems to have `few` classes at the most, and some left.
    pub(super) fn has_few_left(&self, few: u64, census: &Census) -> bool {
        let is_short = census.decisions().is_none_or(|decisions| decisions <= SHORT);
        let is_new = self.revision != census.profile().revision();
        is_short && (is_new || self.tree.has_few_ends_left(few))
    }
}

impl Walk for Fresh {
    fn begin(&mut self, census: &Census, draw: &mut Generator) {
        self.uniform.begin(census, draw);
        self.tree.finish(&mut self.way);
        if self.revision != census.profile().revision() {
            self.revision = census.profile().revision();
            self.tree.clear();
        }
        self.asleep.clear();
        if !census.is_lesson() {
            // Where others went must make no difference any more.
            self.way.leave();
        }
    }

    fn watches(&self) -> bool {
        true
    }

    fn spawned(
        &mut self,
        census: &Census,
        parent_and_task: (Option<TaskId>, TaskId),
        draw: &mut Generator,
    ) {
        self.uniform.spawned(census, parent_and_task, draw);
    }

    fn executed(&mut self, census: &Census, task: TaskId, operation: &Operation) {
        self.uniform.executed(census, task, operation);
        if self.asleep.iter().any(|(sleeper, _)| *sleeper == task) {
            self.way.leave();
        }
        self.asleep.retain(|(_, pending)| !pending.depends_on(operation));
    }

    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let Self { way, asleep, awake, .. } = self;
        let sleeps = |task| asleep.iter().any(|(sleeper, _)| *sleeper == task);
        awake.clear();
        awake.extend(choices.enabled().iter().filter(|&&task| !sleeps(task)));
        if awake.is_empty() {
            way.leave();
            awake.extend(choices.enabled());
        }
        let Self { tree, way, uniform, awake, .. } = self;
        let weight = |task| uniform.weight(task);
        if let Some((chosen, earlier)) = tree.take(way, awake, weight, draw) {
            self.asleep.extend(earlier.map(|task| (task, choices.operation(task))));
            return chosen;
        }
        let chosen = awake[draw.weighted(awake.len(), |index| weight(awake[index]))];
        // As in the tree: each of the others may come before this one in an order of their own.
        let earlier = awake.iter().filter(|&&task| task != chosen && draw.below(2) == 0);
        self.asleep.extend(earlier.map(|&task| (task, choices.operation(task))));
        chosen
    }

    fn pick(&mut self, alternatives: usize, draw: &mut Generator) -> usize {
        self.pick_weighted(alternatives, |_| 1, draw)
    }

    fn may_wake_spuriously(&mut self, draw: &mut Generator) -> bool {
        // As rarely as elsewhere: whoever wakes for no reason does not show that nobody wakes it.
        self.pick_weighted(2, |picked| [7, 1][picked], draw) == 1
    }
}

impl Fresh {
    /// Picks one of `0..alternatives` in proportion to its `weight`.
    fn pick_weighted(
        &mut self,
        alternatives: usize,
        weight: impl Fn(usize) -> u64,
        draw: &mut Generator,
    ) -> usize {
        self.awake.clear();
        self.awake.extend(0..alternatives);
        match self.tree.take(&mut self.way, &self.awake, &weight, draw) {
            Some((picked, _)) => picked,
            None => draw.weighted(alternatives, weight),
        }
    }
}
