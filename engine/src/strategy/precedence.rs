//! Who comes before whom: priorities of tasks, drawn at random, that change at a few decisions.

use sync::control::TaskId;

use super::{Generator, patience::Patience};

/// Priorities of tasks, and how they change.
///
/// It decides by itself, so a strategy that does nothing else lends it to the engine.
#[derive(Clone, Debug)]
pub struct Precedence {
    /// Where priorities come from, one after the other: what a task gets does not depend on when it is
    /// met, nor on earlier executions.
    drawn: Generator,
    /// By task; the higher goes first.
    priorities: Vec<u64>,
    /// Before which decisions whoever would be next is put below all others, and to which priority: the
    /// next one last.
    changes: Vec<(u64, u64)>,
    /// The first of these decisions.
    change: u64,
    decisions: u64,
    patience: Patience,
    /// How many decisions it knows of.
    noted: u64,
    /// Before which decision it has to be looked at again, or a priority changes.
    stands_until: u64,
}

/// Every drawn priority is above this one, and every assigned one below.
const LOWEST_DRAWN: u64 = 1 << 63;

impl Default for Precedence {
    fn default() -> Self {
        Self {
            drawn: Generator::new(0, 0),
            priorities: Vec::new(),
            changes: Vec::new(),
            change: u64::MAX,
            decisions: 0,
            patience: Patience::default(),
            noted: 0,
            stands_until: 0,
        }
    }
}

impl Precedence {
    /// An execution begins: all priorities are `drawn` anew, and change before these decisions.
    pub(super) fn renew(&mut self, drawn: Generator, changes: impl Iterator<Item = u64>) {
        self.drawn = drawn;
        for priority in &mut self.priorities {
            *priority = self.drawn.draw() | LOWEST_DRAWN;
        }
        self.changes.clear();
        // Each puts somebody at a place of its own: of two that were put down, the one with the larger
        // number goes first, and that is not always the later one.
        self.changes.extend(changes.zip(1..));
        self.changes.sort_unstable_by(|one, other| other.cmp(one));
        self.change = self.changes.last().map_or(u64::MAX, |&(decision, _)| decision);
        (self.decisions, self.noted, self.stands_until) = (0, 0, 0);
        self.patience.renew();
    }

    /// Who of those who are `enabled`, at least two, is next. Nobody, if others have waited for too long.
    /// `favourite` is who was next before, if nobody has joined those who are enabled since and that one
    /// still is.
    #[inline]
    pub(crate) fn next(&mut self, enabled: &[TaskId], favourite: Option<TaskId>) -> Option<TaskId> {
        if favourite.is_some() && self.decisions < self.stands_until {
            self.decisions += 1;
            return favourite;
        }
        self.next_anew(enabled)
    }

    #[inline(never)]
    fn next_anew(&mut self, enabled: &[TaskId]) -> Option<TaskId> {
        self.patience.note_again(self.decisions - self.noted);
        if self.patience.is_over() {
            return None;
        }
        let next = self.decide(enabled);
        self.patience.note(next);
        self.noted = self.decisions;
        self.stands_until = self.change.min(self.decisions + self.patience.lasts_for());
        Some(next)
    }

    /// Who is next, however long others have waited.
    #[inline]
    pub(super) fn decide(&mut self, enabled: &[TaskId]) -> TaskId {
        let mut top = self.top(enabled);
        while self.change <= self.decisions {
            self.put_down(top);
            top = self.top(enabled);
        }
        self.decisions += 1;
        top
    }

    /// The next change: of `task`.
    #[inline(never)]
    fn put_down(&mut self, task: TaskId) {
        if let Some((_, priority)) = self.changes.pop() {
            self.priorities[task] = priority;
        }
        self.change = self.changes.last().map_or(u64::MAX, |&(decision, _)| decision);
    }

    /// The one of `tasks` with the highest priority.
    #[inline]
    fn top(&mut self, tasks: &[TaskId]) -> TaskId {
        let (mut top, mut highest) = (tasks[0], 0);
        for &task in tasks {
            if task >= self.priorities.len() {
                self.meet(task);
            }
            let priority = self.priorities[task];
            if priority > highest {
                (top, highest) = (task, priority);
            }
        }
        top
    }

    /// There is a task of this number.
    #[cold]
    fn meet(&mut self, task: TaskId) {
        while self.priorities.len() <= task {
            self.priorities.push(self.drawn.draw() | LOWEST_DRAWN);
        }
    }

    /// How much has been decided in this execution.
    pub(super) fn decisions(&self) -> u64 {
        self.decisions
    }

    /// How long others had waited when it was looked at last: always, before nobody is next.
    pub(super) fn patience(&self) -> &Patience {
        &self.patience
    }
}

#[cfg(test)]
mod tests {
    use super::{Generator, Precedence};

    /// An execution by this seed, with these changes.
    fn begun(seed: u64, changes: &[u64]) -> Precedence {
        let mut precedence = Precedence::default();
        precedence.renew(Generator::new(seed, 0), changes.iter().copied());
        precedence
    }

    #[test]
    fn the_same_task_comes_first_until_priorities_change() {
        let mut precedence = begun(1, &[3, 5]);
        let order: Vec<_> = (0..7).map(|_| precedence.decide(&[0, 1, 2])).collect();
        let [first, .., second, _, third] = order[..] else { unreachable!("there are seven") };
        assert_eq!(order, [first, first, first, second, second, third, third]);
        assert!(first != second && second != third && third != first);
        assert_eq!(precedence.decide(&[first, second]), second, "it has the larger number");
    }

    #[test]
    fn of_two_that_were_put_down_the_later_one_may_go_last() {
        let mut precedence = begun(1, &[5, 3]);
        let order: Vec<_> = (0..7).map(|_| precedence.decide(&[0, 1, 2])).collect();
        assert_eq!(precedence.decide(&[order[0], order[3]]), order[0]);
    }

    #[test]
    fn a_favourite_goes_first_without_a_look_until_priorities_change() {
        let (mut one, mut other) = (begun(1, &[3, 5]), begun(1, &[3, 5]));
        let mut favourite = None;
        for _ in 0..999 {
            favourite = other.next(&[0, 1, 2], favourite);
            assert_eq!(favourite, one.next(&[0, 1, 2], None));
            assert!(favourite.is_some());
        }
    }

    #[test]
    fn two_changes_at_once_put_down_two() {
        let mut precedence = begun(1, &[2, 2]);
        let order: Vec<_> = (0..3).map(|_| precedence.decide(&[0, 1, 2])).collect();
        assert_eq!(order[0], order[1]);
        assert_ne!(order[1], order[2]);
        let rest: Vec<_> = (0..3).filter(|&task| task != order[2]).collect();
        assert_eq!(precedence.decide(&rest), rest[usize::from(rest[0] == order[0])]);
    }

    #[test]
    fn earlier_executions_and_the_order_in_which_tasks_are_met_make_no_difference() {
        for seed in 0..20 {
            let (mut new, mut used) = (begun(seed, &[]), begun(seed + 100, &[1]));
            used.decide(&[0, 5]);
            used.renew(Generator::new(seed, 0), std::iter::empty());
            for tasks in [&[2, 4][..], &[0, 1], &[1, 3, 7], &[5, 6]] {
                assert_eq!(new.decide(tasks), used.decide(tasks));
            }
        }
    }

    #[test]
    fn whoever_goes_first_for_ever_is_not_decided_for_any_more() {
        for with_favourite in [false, true] {
            let (mut precedence, mut last) = (begun(1, &[300]), None);
            let decisions = std::iter::from_fn(|| {
                last = precedence.next(&[0, 1], last.filter(|_| with_favourite));
                last
            });
            assert_eq!(decisions.count(), 1301, "one more than are too many in a row, after 300");
            assert!(precedence.patience().is_over());
        }
    }
}
