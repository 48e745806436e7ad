#![doc = include_str!("README.md")]

use std::{fmt, sync::Arc};

use crate::{
    Calls, Case, InputError, Problem, Setup, Solution, Starts, Technique, Trial, number_between,
};

mod broken;
pub mod checker;
mod interface;
mod solutions;

pub use interface::{AsyncFooBar, FooBar};

/// 1115.
pub const PROBLEM: Problem = Problem {
    number: 1115,
    slug: "print-foobar-alternately",
    nickname: "foobar",
    title: "Print FooBar Alternately",
    folder: "p1115_print_foobar_alternately",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: "n, a number from 1 to 1000",
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["n1", "n2", "3", "staged"],
    sized: |n| Ok(read(&n.to_string())?.to_string()),
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// The statement's two, a larger one, and each task alone at first.
const CASES: &[Case] = &[
    Case {
        name: "n1",
        input: "1",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n1.snap"),
    },
    Case {
        name: "n2",
        input: "2",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n2.snap"),
    },
    Case {
        name: "staged",
        input: "2",
        starts: Starts::Staged,
        snapshot: include_str!("snapshots/staged.snap"),
    },
    Case {
        name: "n10",
        input: "10",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n10.snap"),
    },
];

/// What one call of a callback prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Printed by `print_foo`.
    Foo,
    /// Printed by `print_bar`.
    Bar,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Foo => "foo",
            Self::Bar => "bar",
        })
    }
}

/// The call of `foo`, and that of `bar`, as the log numbers them.
pub(crate) const FOO: usize = 0;

/// Registers a blocking solution.
pub const fn solution<S: FooBar>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncFooBar>(name: &'static str, idea: &'static str) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

/// Reads a case's input.
fn read(input: &str) -> Result<usize, InputError> {
    number_between("n", input, 1..=1000)
}

fn prepare<S: FooBar>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (n, starts) = (read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let foobar = Arc::new(S::new(n));
            let mut calls = Calls::new(log);
            let shared = Arc::clone(&foobar);
            calls.add("foo", move |log, call| shared.foo(|| log.callback(call, Word::Foo)));
            calls.add("bar", move |log, call| foobar.bar(|| log.callback(call, Word::Bar)));
            calls.run(starts);
        },
        move |entries, extent| checker::check(n, entries, extent),
    )
    .one_by_one())
}

fn prepare_async<S: AsyncFooBar>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (n, starts) = (read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let foobar = Arc::new(S::new(n));
            let mut calls = Calls::new(log);
            let shared = Arc::clone(&foobar);
            calls.add_async("foo", |log, call| async move {
                shared.foo(|| log.callback(call, Word::Foo)).await;
            });
            calls.add_async("bar", |log, call| async move {
                foobar.bar(|| log.callback(call, Word::Bar)).await;
            });
            calls.run(starts);
        },
        move |entries, extent| checker::check(n, entries, extent),
    )
    .one_by_one())
}
