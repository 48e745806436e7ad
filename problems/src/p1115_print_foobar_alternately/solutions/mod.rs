//! The accepted answers to 1115.

mod asynchronous;
mod atomic;
mod barrier;
mod channel;
mod condvar;
mod semaphore;

use super::{async_solution, solution};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &[
    solution::<condvar::Turn>(
        "condvar",
        Technique::Condvar,
        "a word in a mutex says whose turn it is",
    ),
    solution::<semaphore::Gates>(
        "semaphore",
        Technique::Semaphore,
        "one permit travels between two gates",
    ),
    solution::<barrier::Rounds>(
        "barrier",
        Technique::Barrier,
        "both meet after foo, and again after bar",
    ),
    solution::<channel::Tokens>(
        "channel",
        Technique::Channel,
        "a token goes to and fro through two channels",
    ),
    async_solution::<asynchronous::Gates>(
        "async",
        "one permit travels between two async semaphores",
    ),
    solution::<atomic::Flag>("atomic", Technique::Atomic, "a flag says whose turn it is"),
];
