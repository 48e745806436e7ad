#![doc = include_str!("README.md")]

use std::{fmt, sync::Arc};

use crate::{Calls, Case, InputError, Log, Problem, Setup, Solution, Starts, Technique, Trial};

mod broken;
pub mod checker;
mod diners;
mod interface;
mod solutions;

pub use diners::Diner;
pub use interface::{AsyncDiningPhilosophers, DiningPhilosophers};

/// 1226.
pub const PROBLEM: Problem = Problem {
    number: 1226,
    slug: "the-dining-philosophers",
    nickname: "philosophers",
    title: "The Dining Philosophers",
    folder: "p1226_the_dining_philosophers",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: "how often each of the five eats, up to 60: \"2\" for all, \"3,0,1,2,0\" for each, \
            \"2+1,0,1,0,0\" where two tasks eat for philosopher 0",
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["alone", "apart", "neighbours", "overlapping", "1,1,1,0,0"],
    sized: diners::sized,
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// A few at the table, then all, then all again and again.
const CASES: &[Case] = &[
    Case {
        name: "alone",
        input: "0,1,0,0,0",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/alone.snap"),
    },
    Case {
        name: "apart",
        input: "1,0,1,0,0",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/apart.snap"),
    },
    Case {
        name: "neighbours",
        input: "1,1,0,0,0",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/neighbours.snap"),
    },
    Case {
        name: "overlapping",
        input: "0,1+1,0,0,0",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/overlapping.snap"),
    },
    Case {
        name: "all-once",
        input: "1",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/all-once.snap"),
    },
    Case {
        name: "staged",
        input: "1+1,2,0,1,0",
        starts: Starts::Staged,
        snapshot: include_str!("snapshots/staged.snap"),
    },
    Case {
        name: "unequal",
        input: "3,0,1,2,0",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/unequal.snap"),
    },
    Case {
        name: "crowded",
        input: "2+1,1,0,1,1",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/crowded.snap"),
    },
    Case {
        name: "all-three-times",
        input: "3",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/all-three-times.snap"),
    },
];

/// One callback of one call of `wants_to_eat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// Whose call it is, from 0 to 4.
    pub philosopher: usize,
    /// Which of its task's calls, counted from zero.
    pub meal: usize,
    /// Which callback.
    pub deed: Deed,
}

/// What a philosopher does for a meal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Done by `pick_left_fork`.
    PickLeft,
    /// Done by `pick_right_fork`.
    PickRight,
    /// Done by `eat`.
    Eat,
    /// Done by `put_left_fork`.
    PutLeft,
    /// Done by `put_right_fork`.
    PutRight,
}

impl Act {
    /// The fork that it is done with; who eats has both, and only its own task can change that.
    fn fork(&self) -> usize {
        match self.deed {
            Deed::PickLeft | Deed::PutLeft | Deed::Eat => checker::left(*self),
            Deed::PickRight | Deed::PutRight => checker::right(*self),
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let callback = match self.deed {
            Deed::PickLeft => "pick_left_fork",
            Deed::PickRight => "pick_right_fork",
            Deed::Eat => "eat",
            Deed::PutLeft => "put_left_fork",
            Deed::PutRight => "put_right_fork",
        };
        write!(f, "{callback} of philosopher {}", self.philosopher)
    }
}

/// What reports call each philosopher's tasks.
const NAMES: [&str; diners::SEATS] =
    ["philosopher 0", "philosopher 1", "philosopher 2", "philosopher 3", "philosopher 4"];

/// Registers a blocking solution.
pub const fn solution<S: DiningPhilosophers>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncDiningPhilosophers>(
    name: &'static str,
    idea: &'static str,
) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

fn prepare<S: DiningPhilosophers>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (diners, starts) = (diners::read(setup.input)?, setup.starts);
    let seated = diners.clone();
    Ok(Trial::new(
        move |log| {
            let table = Arc::new(S::new());
            let mut calls = Calls::new(log);
            for &diner in &seated {
                let table = Arc::clone(&table);
                calls.add(NAMES[diner.philosopher], move |log, task| {
                    dine(&*table, diner, log, task);
                });
            }
            calls.run(starts);
        },
        move |entries, extent| checker::check(&diners, entries, extent),
    ))
}

fn prepare_async<S: AsyncDiningPhilosophers>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (diners, starts) = (diners::read(setup.input)?, setup.starts);
    let seated = diners.clone();
    Ok(Trial::new(
        move |log| {
            let table = Arc::new(S::new());
            let mut calls = Calls::new(log);
            for &diner in &seated {
                let table = Arc::clone(&table);
                calls.add_async(NAMES[diner.philosopher], move |log, task| async move {
                    dine_async(&*table, diner, &log, task).await;
                });
            }
            calls.run(starts);
        },
        move |entries, extent| checker::check(&diners, entries, extent),
    ))
}

/// One task's meals. The log tells its calls apart by their meal.
fn dine<S: DiningPhilosophers>(table: &S, diner: Diner, log: &Log<Act>, task: usize) {
    let Diner { philosopher, meals } = diner;
    for meal in 0..meals {
        let callback = |deed| {
            let act = Act { philosopher, meal, deed };
            move || log.callback_at(act.fork(), task, act)
        };
        table.wants_to_eat(
            number(philosopher),
            callback(Deed::PickLeft),
            callback(Deed::PickRight),
            callback(Deed::Eat),
            callback(Deed::PutLeft),
            callback(Deed::PutRight),
        );
    }
}

/// As [`dine`], of an async solution.
async fn dine_async<S: AsyncDiningPhilosophers>(
    table: &S,
    diner: Diner,
    log: &Log<Act>,
    task: usize,
) {
    let Diner { philosopher, meals } = diner;
    for meal in 0..meals {
        let callback = |deed| {
            let act = Act { philosopher, meal, deed };
            move || log.callback_at(act.fork(), task, act)
        };
        let call = table.wants_to_eat(
            number(philosopher),
            callback(Deed::PickLeft),
            callback(Deed::PickRight),
            callback(Deed::Eat),
            callback(Deed::PutLeft),
            callback(Deed::PutRight),
        );
        call.await;
    }
}

/// The philosopher's number, as `LeetCode` passes it.
fn number(philosopher: usize) -> i32 {
    i32::try_from(philosopher).expect("there are five philosophers")
}
