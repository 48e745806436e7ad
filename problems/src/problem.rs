//! What a problem is, to those who list, show and judge it.

use std::fmt;

use crate::{Fault, InputError, Starts, Trial};

/// One problem: its statement, its cases, its answers.
#[derive(Debug)]
pub struct Problem {
    /// LeetCode's number.
    pub number: u16,
    /// LeetCode's name in addresses: "print-foobar-alternately".
    pub slug: &'static str,
    /// A short name for the command line: "foobar".
    pub nickname: &'static str,
    /// The title.
    pub title: &'static str,
    /// The folder in `problems/src`.
    pub folder: &'static str,
    /// The statement with its hints, in our words, as Markdown.
    pub statement: &'static str,
    /// The source of the traits that a solution implements.
    pub interface: &'static str,
    /// What a user's own input looks like, and its limits.
    pub input: &'static str,
    /// The source of a solution that compiles and does not synchronise yet.
    pub starter: &'static str,
    /// The inputs every solution is judged with, smallest first.
    pub cases: &'static [Case],
    /// What `judge verify` takes unless told otherwise: inputs of which every interleaving can be run,
    /// each a case's name or an input.
    pub small: &'static [&'static str],
    /// The input that `--n` stands for; refuses an `n` that the problem forbids.
    pub sized: fn(usize) -> Result<String, InputError>,
    /// Right answers, in the order a learner should read them.
    pub solutions: &'static [Solution],
    /// Wrong answers, each with the verdict it must get.
    pub broken: &'static [Broken],
}

/// One input.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Names the case on the command line and its snapshot's file: lower case, digits, hyphens.
    pub name: &'static str,
    /// The input, as a user would type it.
    pub input: &'static str,
    /// How the calls are started.
    pub starts: Starts,
    /// The accepted snapshot of the canonical output, in insta's format.
    pub snapshot: &'static str,
}

impl Case {
    /// The canonical output that a solution must show: the snapshot without its header.
    pub fn accepted(&self) -> &'static str {
        let body = self.snapshot.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        body.map_or(self.snapshot, |(_, body)| body).trim_end()
    }
}

/// What a solution is run on.
#[derive(Clone, Copy, Debug)]
pub struct Setup<'a> {
    /// The input, as a user would type it.
    pub input: &'a str,
    /// How the calls are started.
    pub starts: Starts,
}

/// Makes a trial of a solution, or says why the problem forbids the input.
pub type Prepare = fn(&Setup<'_>) -> Result<Trial, InputError>;

/// An answer to a problem, its type erased.
#[derive(Clone, Copy)]
pub struct Solution {
    /// What the command line calls it; unique within its problem.
    pub name: &'static str,
    /// What it synchronises with.
    pub technique: Technique,
    /// How it works, in one sentence.
    pub idea: &'static str,
    /// Makes a trial of it.
    pub prepare: Prepare,
}

impl Solution {
    /// Lists the solution as a wrong one: the verdict it must get, and the smallest case that shows
    /// it.
    pub const fn must_get(self, fault: Fault, case: &'static str) -> Broken {
        Broken { solution: self, fault, case }
    }
}

/// An answer that is wrong, and how one can tell.
#[derive(Clone, Copy, Debug)]
pub struct Broken {
    /// The answer. Its idea says what is wrong with it.
    pub solution: Solution,
    /// The verdict it must get.
    pub fault: Fault,
    /// The name of the smallest case that shows it when waits end only if notified.
    pub case: &'static str,
}

/// What a solution synchronises with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Technique {
    /// Mutexes, and mostly condition variables.
    Condvar,
    /// Counting semaphores.
    Semaphore,
    /// Barriers.
    Barrier,
    /// Channels.
    Channel,
    /// Async tasks, with Tokio's types.
    Async,
    /// Atomics, and parking.
    Atomic,
}

impl Technique {
    /// Every technique, in the order of the tables.
    pub const ALL: [Self; 6] =
        [Self::Condvar, Self::Semaphore, Self::Barrier, Self::Channel, Self::Async, Self::Atomic];

    /// What the command line calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Condvar => "condvar",
            Self::Semaphore => "semaphore",
            Self::Barrier => "barrier",
            Self::Channel => "channel",
            Self::Async => "async",
            Self::Atomic => "atomic",
        }
    }
}

impl fmt::Display for Technique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Solution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.technique)
    }
}
