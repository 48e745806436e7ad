#![doc = include_str!("README.md")]

use std::{fmt, sync::Arc};

use crate::{
    Calls, Case, InputError, Problem, Setup, Solution, Starts, Technique, Trial, number_between,
};

mod broken;
pub mod checker;
mod interface;
mod solutions;

pub use interface::{AsyncFizzBuzz, FizzBuzz};

/// 1195.
pub const PROBLEM: Problem = Problem {
    number: 1195,
    slug: "fizz-buzz-multithreaded",
    nickname: "fizzbuzz",
    title: "Fizz Buzz Multithreaded",
    folder: "p1195_fizz_buzz_multithreaded",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: "n, a number from 1 to 50",
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["n1", "n2", "3"],
    sized: |n| Ok(read(&n.to_string())?.to_string()),
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// One and two, where most have nothing to say; the statement's two; each call alone at first; and
/// two that go on after the first `fizzbuzz`.
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
        name: "n5",
        input: "5",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n5.snap"),
    },
    Case {
        name: "n15",
        input: "15",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n15.snap"),
    },
    Case {
        name: "staged",
        input: "15",
        starts: Starts::Staged,
        snapshot: include_str!("snapshots/staged.snap"),
    },
    Case {
        name: "n16",
        input: "16",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n16.snap"),
    },
    Case {
        name: "n30",
        input: "30",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n30.snap"),
    },
];

/// What one call of a callback prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// Printed by `print_fizz`.
    Fizz,
    /// Printed by `print_buzz`.
    Buzz,
    /// Printed by `print_fizz_buzz`.
    FizzBuzz,
    /// Printed by `print_number`.
    Number(i32),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fizz => f.write_str("fizz"),
            Self::Buzz => f.write_str("buzz"),
            Self::FizzBuzz => f.write_str("fizzbuzz"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// The calls, as the log numbers them.
pub(crate) const CALLS: [&str; 4] = ["fizz", "buzz", "fizzbuzz", "number"];

/// Registers a blocking solution.
pub const fn solution<S: FizzBuzz>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncFizzBuzz>(name: &'static str, idea: &'static str) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

/// Reads a case's input.
fn read(input: &str) -> Result<i32, InputError> {
    let n = number_between("n", input, 1..=50)?;
    Ok(i32::try_from(n).expect("50 is not too large"))
}

fn prepare<S: FizzBuzz>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (n, starts) = (read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let count = Arc::new(S::new(n));
            let [fizzes, buzzes, both, numbers] = [(); 4].map(|()| Arc::clone(&count));
            let [fizz, buzz, fizzbuzz, number] = CALLS;
            let mut calls = Calls::new(log);
            calls.add(fizz, move |log, call| fizzes.fizz(|| log.callback(call, Token::Fizz)));
            calls.add(buzz, move |log, call| buzzes.buzz(|| log.callback(call, Token::Buzz)));
            calls.add(fizzbuzz, move |log, call| {
                both.fizzbuzz(|| log.callback(call, Token::FizzBuzz));
            });
            calls.add(number, move |log, call| {
                numbers.number(|number| log.callback(call, Token::Number(number)));
            });
            calls.run(starts);
        },
        move |entries, extent| checker::check(n, entries, extent),
    )
    .one_by_one())
}

fn prepare_async<S: AsyncFizzBuzz>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (n, starts) = (read(setup.input)?, setup.starts);
    Ok(Trial::new(
        move |log| {
            let count = Arc::new(S::new(n));
            let [fizzes, buzzes, both, numbers] = [(); 4].map(|()| Arc::clone(&count));
            let [fizz, buzz, fizzbuzz, number] = CALLS;
            let mut calls = Calls::new(log);
            calls.add_async(fizz, |log, call| async move {
                fizzes.fizz(|| log.callback(call, Token::Fizz)).await;
            });
            calls.add_async(buzz, |log, call| async move {
                buzzes.buzz(|| log.callback(call, Token::Buzz)).await;
            });
            calls.add_async(fizzbuzz, |log, call| async move {
                both.fizzbuzz(|| log.callback(call, Token::FizzBuzz)).await;
            });
            calls.add_async(number, |log, call| async move {
                numbers.number(|number| log.callback(call, Token::Number(number))).await;
            });
            calls.run(starts);
        },
        move |entries, extent| checker::check(n, entries, extent),
    )
    .one_by_one())
}
