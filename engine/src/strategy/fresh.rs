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
/// none before has shown, and a program that has few of them is soon through. For a program that has
/// many it is a random walk, and others do better: it [says](Fresh::has_few_left) which of the two
/// it has met.
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

impl Fresh {
    /// Whether the program seems to have `few` classes at the most, and some left.
    pub(super) fn has_few_left(&self, few: u64, census: &Census) -> bool {
        self.revision != census.profile().revision() || self.tree.has_few_ends_left(few)
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
        }
        let Self { tree, way, uniform, awake, .. } = self;
        let weight = |task| uniform.weight(task);
        let Some((chosen, earlier)) = tree.take(way, awake, weight, draw) else {
            return choices.any(draw);
        };
        self.asleep.extend(earlier.map(|task| (task, choices.operation(task))));
        chosen
    }

    fn pick(&mut self, alternatives: usize, draw: &mut Generator) -> usize {
        self.awake.clear();
        self.awake.extend(0..alternatives);
        let taken = self.tree.take(&mut self.way, &self.awake, |_| 1, draw);
        taken.map_or_else(|| draw.below(alternatives), |(picked, _)| picked)
    }

    fn may_wake_spuriously(&mut self, draw: &mut Generator) -> bool {
        self.pick(2, draw) == 1
    }
}
