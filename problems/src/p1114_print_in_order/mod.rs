#![doc = include_str!("README.md")]

use std::{fmt, sync::Arc};

use crate::{Calls, Case, InputError, Problem, Setup, Solution, Starts, Technique, Trial};

mod broken;
pub mod checker;
mod interface;
mod order;
mod solutions;

pub use interface::{AsyncFoo, Foo};
pub use order::Order;

/// 1114.
pub const PROBLEM: Problem = Problem {
    number: 1114,
    slug: "print-in-order",
    nickname: "order",
    title: "Print in Order",
    folder: "p1114_print_in_order",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: "which task calls which method: 1, 2 and 3 in some order, such as 1,3,2",
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["123", "132", "321", "staged"],
    sized: |_| Err(InputError("1114 has no n; give a case such as 1,3,2".to_owned())),
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// The statement's two, each subset of the tasks alone at first, and everybody the wrong way round.
const CASES: &[Case] = &[
    Case {
        name: "123",
        input: "1,2,3",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/123.snap"),
    },
    Case {
        name: "132",
        input: "1,3,2",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/132.snap"),
    },
    Case {
        name: "staged",
        input: "1,2,3",
        starts: Starts::Staged,
        snapshot: include_str!("snapshots/staged.snap"),
    },
    Case {
        name: "321",
        input: "3,2,1",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/321.snap"),
    },
];

/// What one callback prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Printed by `print_first`.
    First,
    /// Printed by `print_second`.
    Second,
    /// Printed by `print_third`.
    Third,
}

impl Word {
    /// Every word, in the order in which they must be printed.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// The word, which is also the name of the method that prints it.
    const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Registers a blocking solution.
pub const fn solution<S: Foo>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncFoo>(name: &'static str, idea: &'static str) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

fn prepare<S: Foo>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (order, starts) = (order::read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let shared = Arc::new(S::new());
            let mut calls = Calls::new(log);
            for word in order {
                let shared = Arc::clone(&shared);
                calls.add(word.name(), move |log, call| {
                    let print = || log.callback(call, word);
                    match word {
                        Word::First => shared.first(print),
                        Word::Second => shared.second(print),
                        Word::Third => shared.third(print),
                    }
                });
            }
            calls.run(starts);
        },
        move |entries, extent| checker::check(order, entries, extent),
    )
    .one_by_one())
}

fn prepare_async<S: AsyncFoo>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (order, starts) = (order::read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let shared = Arc::new(S::new());
            let mut calls = Calls::new(log);
            for word in order {
                let shared = Arc::clone(&shared);
                calls.add_async(word.name(), |log, call| async move {
                    let print = || log.callback(call, word);
                    match word {
                        Word::First => shared.first(print).await,
                        Word::Second => shared.second(print).await,
                        Word::Third => shared.third(print).await,
                    }
                });
            }
            calls.run(starts);
        },
        move |entries, extent| checker::check(order, entries, extent),
    )
    .one_by_one())
}
