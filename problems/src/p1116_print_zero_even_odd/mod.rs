#![doc = include_str!("README.md")]

use std::sync::Arc;

use crate::{
    Calls, Case, InputError, Problem, Setup, Solution, Starts, Technique, Trial, number_between,
};

mod broken;
pub mod checker;
mod interface;
mod solutions;

pub use interface::{AsyncZeroEvenOdd, ZeroEvenOdd};

/// 1116.
pub const PROBLEM: Problem = Problem {
    number: 1116,
    slug: "print-zero-even-odd",
    nickname: "zeo",
    title: "Print Zero Even Odd",
    folder: "p1116_print_zero_even_odd",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: "n, a number from 1 to 1000",
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["n1", "n2"],
    sized: |n| Ok(read(&n.to_string())?.to_string()),
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// One in which `even` has nothing to do, the statement's two, each subset of the tasks alone at
/// first, and one with a number of two digits.
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
        input: "3",
        starts: Starts::Staged,
        snapshot: include_str!("snapshots/staged.snap"),
    },
    Case {
        name: "n5",
        input: "5",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n5.snap"),
    },
    Case {
        name: "n10",
        input: "10",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n10.snap"),
    },
];

/// The three calls, as the log numbers them.
pub(crate) const CALLS: [&str; 3] = ["zero", "even", "odd"];
pub(crate) const ZERO: usize = 0;
pub(crate) const EVEN: usize = 1;
pub(crate) const ODD: usize = 2;

/// Registers a blocking solution.
pub const fn solution<S: ZeroEvenOdd>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncZeroEvenOdd>(
    name: &'static str,
    idea: &'static str,
) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

/// Reads a case's input.
fn read(input: &str) -> Result<i32, InputError> {
    let n = number_between("n", input, 1..=1000)?;
    Ok(i32::try_from(n).expect("n is at most 1000"))
}

fn prepare<S: ZeroEvenOdd>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (n, starts) = (read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let zeo = Arc::new(S::new(n));
            let (for_zero, for_even) = (Arc::clone(&zeo), Arc::clone(&zeo));
            let mut calls = Calls::new(log);
            calls.add(CALLS[ZERO], move |log, call| for_zero.zero(|x| log.callback(call, x)));
            calls.add(CALLS[EVEN], move |log, call| for_even.even(|x| log.callback(call, x)));
            calls.add(CALLS[ODD], move |log, call| zeo.odd(|x| log.callback(call, x)));
            calls.run(starts);
        },
        move |entries, extent| checker::check(n, entries, extent),
    )
    .one_by_one())
}

fn prepare_async<S: AsyncZeroEvenOdd>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (n, starts) = (read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let zeo = Arc::new(S::new(n));
            let (for_zero, for_even) = (Arc::clone(&zeo), Arc::clone(&zeo));
            let mut calls = Calls::new(log);
            calls.add_async(CALLS[ZERO], |log, call| async move {
                for_zero.zero(|x| log.callback(call, x)).await;
            });
            calls.add_async(CALLS[EVEN], |log, call| async move {
                for_even.even(|x| log.callback(call, x)).await;
            });
            calls.add_async(CALLS[ODD], |log, call| async move {
                zeo.odd(|x| log.callback(call, x)).await;
            });
            calls.run(starts);
        },
        move |entries, extent| checker::check(n, entries, extent),
    )
    .one_by_one())
}
