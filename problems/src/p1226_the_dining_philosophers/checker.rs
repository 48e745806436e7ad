//! Judges one execution of 1226 from its log, by following every fork.
//!
//! A fork is taken when its pick begins and free when its put has ended: so a pick that does not
//! wait, and a put that comes too late, are both seen. It is held by a call, not by a philosopher,
//! since two calls may be for the same one. That each callback runs at most once is for the
//! compiler to see.

use std::fmt::{self, Write as _};

use thiserror::Error;

use super::{Act, Deed, Diner, diners::SEATS};
use crate::{Entry, Extent, Grade, Phase, Violation};

/// How an execution can break the statement.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Breach {
    /// A fork was picked that somebody had.
    #[error("{caller} picks fork {fork}, which {holder} has")]
    ForkTaken {
        /// Who picks it.
        caller: Caller,
        /// Which fork.
        fork: usize,
        /// Who has it.
        holder: Caller,
    },
    /// Somebody ate without a fork, or put one, that it did not have.
    #[error("{act} needs fork {fork}, which {caller} does not have")]
    ForkMissing {
        /// Who does not have it.
        caller: Caller,
        /// What it was needed for.
        act: Act,
        /// Which fork.
        fork: usize,
    },
    /// A call returned with a fork in hand.
    #[error("{holder} returns and has not put fork {fork}")]
    ForkKept {
        /// Who has it.
        holder: Caller,
        /// Which fork.
        fork: usize,
    },
    /// A task ended hungry, or ate too often.
    #[error("philosopher {philosopher} ate {found} of {expected} meals")]
    Meals {
        /// Whose meals they are.
        philosopher: usize,
        /// How many its task asked for.
        expected: usize,
        /// How many it had.
        found: usize,
    },
    /// With everybody started so far at a standstill, somebody was still waiting.
    #[error("philosopher {philosopher} waits for somebody who has not come to the table")]
    Stuck {
        /// Who waits.
        philosopher: usize,
    },
}

impl Breach {
    /// What is wrong with an execution in which this happened.
    fn violation(&self) -> Violation {
        match self {
            Self::ForkTaken { .. } | Self::ForkMissing { .. } | Self::ForkKept { .. } => {
                Violation::invariant(self, Grade::LeetCode)
            }
            Self::Meals { .. } => Violation::wrong_answer(self, Grade::LeetCode),
            // LeetCode always starts everybody, and so it does not look.
            Self::Stuck { .. } => Violation::invariant(self, Grade::Strict),
        }
    }
}

/// One call of `wants_to_eat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Whose call it is.
    pub philosopher: usize,
    /// The task that made it.
    pub task: usize,
    /// Which of its task's calls.
    pub meal: usize,
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { philosopher, task, meal } = self;
        write!(f, "philosopher {philosopher} (task {task}, meal {meal})")
    }
}

/// Accepts an execution in which `diners` eat what they asked for, and gives how much that was for
/// each philosopher.
///
/// # Errors
///
/// The first thing that was done without the forks for it, or that was missing when a task ended.
pub fn check(
    diners: &[Diner],
    entries: &[Entry<Act>],
    extent: Extent,
) -> Result<String, Violation> {
    find_breach(diners, entries, extent).map_err(|breach| breach.violation())
}

fn find_breach(diners: &[Diner], entries: &[Entry<Act>], extent: Extent) -> Result<String, Breach> {
    let mut table = Table::new(diners);
    for entry in entries {
        table.follow(entry)?;
    }
    if extent == Extent::Whole {
        (0..diners.len()).try_for_each(|task| table.leave(task))?;
    }
    Ok(table.tell())
}

/// What is known after part of the log.
struct Table<'a> {
    diners: &'a [Diner],
    /// Who has each fork. Fork `i` lies between philosophers `i` and `i + 1`.
    forks: [Option<Caller>; SEATS],
    /// How many meals each task has had.
    eaten: Vec<usize>,
    /// Which tasks have started and not ended.
    seated: Vec<bool>,
}

impl<'a> Table<'a> {
    fn new(diners: &'a [Diner]) -> Self {
        let tasks = diners.len();
        Self { diners, forks: [None; SEATS], eaten: vec![0; tasks], seated: vec![false; tasks] }
    }

    fn follow(&mut self, entry: &Entry<Act>) -> Result<(), Breach> {
        let task = entry.call;
        match entry.phase {
            Phase::Called => self.seated[task] = true,
            Phase::Began(act) => self.begin(task, act)?,
            Phase::Ended(act) => self.end(task, act)?,
            Phase::Returned => self.leave(task)?,
            Phase::Quiet => self.everybody_has_left()?,
        }
        Ok(())
    }

    fn begin(&mut self, task: usize, act: Act) -> Result<(), Breach> {
        let caller = Caller { philosopher: act.philosopher, task, meal: act.meal };
        match act.deed {
            Deed::PickLeft => self.pick(caller, left(act)),
            Deed::PickRight => self.pick(caller, right(act)),
            Deed::Eat | Deed::PutLeft | Deed::PutRight => self.has_what_it_needs(caller, act),
        }
    }

    fn end(&mut self, task: usize, act: Act) -> Result<(), Breach> {
        let caller = Caller { philosopher: act.philosopher, task, meal: act.meal };
        self.has_what_it_needs(caller, act)?;
        match act.deed {
            Deed::PickLeft | Deed::PickRight => {}
            Deed::Eat => self.eaten[task] += 1,
            Deed::PutLeft => self.forks[left(act)] = None,
            Deed::PutRight => self.forks[right(act)] = None,
        }
        Ok(())
    }

    fn pick(&mut self, caller: Caller, fork: usize) -> Result<(), Breach> {
        match self.forks[fork].replace(caller) {
            Some(holder) => Err(Breach::ForkTaken { caller, fork, holder }),
            None => Ok(()),
        }
    }

    /// That `caller` has the forks that `act` is done with. For a meal that is both of them, which
    /// keeps neighbours from eating at the same time, and a third philosopher from joining two.
    fn has_what_it_needs(&self, caller: Caller, act: Act) -> Result<(), Breach> {
        let needed: &[usize] = match act.deed {
            Deed::PickLeft | Deed::PutLeft => &[left(act)],
            Deed::PickRight | Deed::PutRight => &[right(act)],
            Deed::Eat => &[left(act), right(act)],
        };
        match needed.iter().find(|&&fork| self.forks[fork] != Some(caller)) {
            Some(&fork) => Err(Breach::ForkMissing { caller, act, fork }),
            None => Ok(()),
        }
    }

    /// That `task` may end: it has no fork, and all its meals.
    fn leave(&mut self, task: usize) -> Result<(), Breach> {
        self.seated[task] = false;
        for (fork, &holder) in self.forks.iter().enumerate() {
            if let Some(holder) = holder.filter(|holder| holder.task == task) {
                return Err(Breach::ForkKept { holder, fork });
            }
        }
        let (Diner { philosopher, meals: expected }, found) = (self.diners[task], self.eaten[task]);
        if found == expected {
            return Ok(());
        }
        Err(Breach::Meals { philosopher, expected, found })
    }

    /// That nobody is left when nobody can move: those who come later may not be waited for.
    fn everybody_has_left(&self) -> Result<(), Breach> {
        match self.seated.iter().position(|&seated| seated) {
            Some(task) => Err(Breach::Stuck { philosopher: self.diners[task].philosopher }),
            None => Ok(()),
        }
    }

    /// How much each philosopher has eaten.
    fn tell(&self) -> String {
        let mut meals = [0; SEATS];
        for (diner, eaten) in self.diners.iter().zip(&self.eaten) {
            meals[diner.philosopher] += eaten;
        }
        let mut told = String::new();
        for (philosopher, eaten) in meals.iter().enumerate() {
            writeln!(told, "philosopher {philosopher} ate {eaten}").expect("a string has room");
        }
        told.trim_end().to_owned()
    }
}

/// The fork between a philosopher and the next.
pub(super) fn left(act: Act) -> usize {
    act.philosopher
}

/// The fork between a philosopher and the one before.
pub(super) fn right(act: Act) -> usize {
    (act.philosopher + SEATS - 1) % SEATS
}

#[cfg(test)]
mod tests {
    use super::{Breach, Caller, find_breach};
    use crate::{
        Entry, Extent, Fault, Grade,
        Phase::{self, Began, Called, Ended, Quiet, Returned},
        p1226_the_dining_philosophers::{
            Act,
            Deed::{self, Eat, PickLeft, PickRight, PutLeft, PutRight},
            Diner,
        },
    };

    /// The statement's example.
    const SAMPLE: &str = "[3,2,1],[3,1,1],[3,0,3],[3,1,2],[3,2,2],[4,2,1],[4,1,1],[2,2,1],[2,1,1],\
        [1,2,1],[2,0,3],[2,1,2],[2,2,2],[4,0,3],[4,1,2],[4,2,2],[1,1,1],[1,0,3],[1,1,2],[1,2,2],\
        [0,1,1],[0,2,1],[0,0,3],[0,1,2],[0,2,2]";

    /// The statement's example until October 2025.
    const EARLIER_SAMPLE: &str = "[4,2,1],[4,1,1],[0,1,1],[2,2,1],[2,1,1],[2,0,3],[2,1,2],[2,2,2],\
        [4,0,3],[4,1,2],[0,2,1],[4,2,2],[3,2,1],[3,1,1],[0,0,3],[0,1,2],[0,2,2],[1,2,1],[1,1,1],\
        [3,0,3],[3,1,2],[3,2,2],[1,0,3],[1,1,2],[1,2,2]";

    /// One whole meal.
    const MEAL: &[Deed] = &[PickLeft, PickRight, Eat, PutLeft, PutRight];

    /// A meal for each of the five.
    const ALL_ONCE: &[usize] = &[1; 5];

    /// What the philosophers of `LeetCode`'s triples do, one after the other.
    fn written(triples: &str) -> Vec<Entry<Act>> {
        let digits = triples.chars().filter_map(|sign| sign.to_digit(10));
        let digits: Vec<usize> = digits.map(|digit| digit as usize).collect();
        let deed = |triple: &[usize]| match triple[1..] {
            [1, 1] => PickLeft,
            [2, 1] => PickRight,
            [0, 3] => Eat,
            [1, 2] => PutLeft,
            [2, 2] => PutRight,
            _ => panic!("{triple:?} means nothing"),
        };
        digits.chunks(3).flat_map(|triple| dining(triple[0], &[deed(triple)])).collect()
    }

    /// What `task` does in its first call, each callback ending before the next begins.
    fn dining(task: usize, deeds: &[Deed]) -> Vec<Entry<Act>> {
        deeds.iter().flat_map(|&deed| [began(task, deed), ended(task, deed)]).collect()
    }

    fn began(task: usize, deed: Deed) -> Entry<Act> {
        entry(task, Began(act(task, deed)))
    }

    fn ended(task: usize, deed: Deed) -> Entry<Act> {
        entry(task, Ended(act(task, deed)))
    }

    fn entry(call: usize, phase: Phase<Act>) -> Entry<Act> {
        Entry { call, phase }
    }

    /// Tasks 0 to 4 are for philosophers 0 to 4, task 5 is for philosopher 0 again.
    fn act(task: usize, deed: Deed) -> Act {
        Act { philosopher: task % 5, meal: 0, deed }
    }

    fn caller(task: usize) -> Caller {
        Caller { philosopher: task % 5, task, meal: 0 }
    }

    fn diners(meals: &[usize]) -> Vec<Diner> {
        let diner = |(task, &meals)| Diner { philosopher: task % 5, meals };
        meals.iter().enumerate().map(diner).collect()
    }

    fn judge(meals: &[usize], entries: &[Entry<Act>], extent: Extent) -> Result<String, Breach> {
        find_breach(&diners(meals), entries, extent)
    }

    #[track_caller]
    fn accepts(meals: &[usize], entries: &[Entry<Act>]) {
        assert_eq!(judge(meals, entries, Extent::Whole).err(), None);
    }

    #[track_caller]
    fn rejects(meals: &[usize], entries: &[Entry<Act>], breach: Breach) {
        assert_eq!(judge(meals, entries, Extent::Prefix), Err(breach));
    }

    #[test]
    fn accepts_both_examples_of_the_statement() {
        accepts(ALL_ONCE, &written(SAMPLE));
        accepts(ALL_ONCE, &written(EARLIER_SAMPLE));
    }

    #[test]
    fn tells_how_often_each_philosopher_ate() {
        let entries = [dining(0, MEAL), dining(2, MEAL), dining(5, MEAL)].concat();
        let told = judge(&[1, 0, 1, 0, 0, 1], &entries, Extent::Whole).expect("is right");
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], "philosopher 0 ate 2");
        assert_eq!(lines[1], "philosopher 1 ate 0");
        assert_eq!(lines[2], "philosopher 2 ate 1");
    }

    #[test]
    fn accepts_two_who_eat_at_the_same_time_apart() {
        let both = [0, 2].map(|task| dining(task, &[PickLeft, PickRight])).concat();
        let eating = [began(0, Eat), began(2, Eat), ended(0, Eat), ended(2, Eat)];
        let puts = [0, 2].map(|task| dining(task, &[PutRight, PutLeft])).concat();
        accepts(&[1, 0, 1], &[&both[..], &eating, &puts].concat());
    }

    #[test]
    fn accepts_everybody_with_one_fork_as_a_prefix() {
        let entries = [0, 1, 2, 3, 4].map(|task| dining(task, &[PickLeft])).concat();
        assert!(judge(ALL_ONCE, &entries, Extent::Prefix).is_ok());
    }

    #[test]
    fn rejects_neighbours_who_eat_at_the_same_time() {
        let entries = [dining(0, &[PickLeft, PickRight, Eat]), dining(1, MEAL)].concat();
        let entries = [&entries[..6], &[began(1, PickRight)]].concat();
        let breach = Breach::ForkTaken { caller: caller(1), fork: 0, holder: caller(0) };
        rejects(&[1, 1], &entries, breach);
    }

    #[test]
    fn rejects_a_pick_during_the_put_of_the_same_fork() {
        let mut entries = dining(0, &[PickLeft, PickRight, Eat, PutRight]);
        entries.extend([began(0, PutLeft), began(1, PickRight), ended(0, PutLeft)]);
        let breach = Breach::ForkTaken { caller: caller(1), fork: 0, holder: caller(0) };
        rejects(&[1, 1], &entries, breach);
    }

    #[test]
    fn rejects_a_pick_during_the_pick_of_the_same_fork() {
        let breach = Breach::ForkTaken { caller: caller(0), fork: 4, holder: caller(4) };
        rejects(ALL_ONCE, &[began(4, PickLeft), began(0, PickRight)], breach);
    }

    #[test]
    fn rejects_forks_that_are_mirrored() {
        // As if the left fork of 0 were the right one of 4.
        let entries = [dining(0, &[PickLeft]), dining(1, &[PickLeft, PickRight])].concat();
        let breach = Breach::ForkTaken { caller: caller(1), fork: 0, holder: caller(0) };
        rejects(ALL_ONCE, &entries, breach);
    }

    #[test]
    fn rejects_a_second_call_of_one_philosopher_that_shares_the_forks() {
        let entries = [dining(0, &[PickLeft, PickRight]), dining(5, &[PickLeft])].concat();
        let breach = Breach::ForkTaken { caller: caller(5), fork: 0, holder: caller(0) };
        rejects(&[1, 0, 0, 0, 0, 1], &entries, breach);
    }

    #[test]
    fn rejects_a_meal_with_one_fork() {
        let breach = |fork| Breach::ForkMissing { caller: caller(1), act: act(1, Eat), fork };
        rejects(ALL_ONCE, &dining(1, &[PickLeft, Eat]), breach(0));
        rejects(ALL_ONCE, &dining(1, &[PickLeft, PickRight, PutLeft, Eat]), breach(1));
    }

    #[test]
    fn rejects_a_put_during_the_meal() {
        let mut entries = dining(1, &[PickLeft, PickRight]);
        entries.extend([began(1, Eat), began(1, PutLeft), ended(1, PutLeft), ended(1, Eat)]);
        let breach = Breach::ForkMissing { caller: caller(1), act: act(1, Eat), fork: 1 };
        rejects(ALL_ONCE, &entries, breach);
    }

    #[test]
    fn rejects_a_put_of_somebody_elses_fork() {
        let entries = [dining(0, &[PickLeft]), dining(1, &[PutRight])].concat();
        let breach = Breach::ForkMissing { caller: caller(1), act: act(1, PutRight), fork: 0 };
        rejects(ALL_ONCE, &entries, breach);
    }

    #[test]
    fn rejects_a_return_with_a_fork_in_hand() {
        let mut entries = dining(3, &[PickLeft, PickRight, Eat, PutLeft]);
        entries.push(entry(3, Returned));
        rejects(ALL_ONCE, &entries, Breach::ForkKept { holder: caller(3), fork: 2 });
    }

    #[test]
    fn rejects_a_return_without_a_meal() {
        let mut entries = dining(3, &[PickLeft, PickRight, PutLeft, PutRight]);
        entries.push(entry(3, Returned));
        rejects(ALL_ONCE, &entries, Breach::Meals { philosopher: 3, expected: 1, found: 0 });
    }

    #[test]
    fn rejects_a_whole_execution_in_which_somebody_does_nothing() {
        let whole = judge(&[1, 1], &dining(0, MEAL), Extent::Whole);
        assert_eq!(whole, Err(Breach::Meals { philosopher: 1, expected: 1, found: 0 }));
    }

    #[test]
    fn rejects_waiting_for_somebody_who_has_not_come() {
        let alone = [entry(1, Called), entry(1, Quiet)];
        let breach = Breach::Stuck { philosopher: 1 };
        let violation = breach.violation();
        assert_eq!((violation.fault, violation.grade), (Fault::InvariantViolated, Grade::Strict));
        rejects(&[1, 1], &alone, breach);
        let mut entries = vec![entry(1, Called)];
        entries.extend(dining(1, MEAL));
        entries.extend([entry(1, Returned), entry(1, Quiet)]);
        assert!(judge(&[1, 1], &entries, Extent::Prefix).is_ok());
    }
}
