//! The accepted answers to 1195.

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
    solution::<condvar::Count>(
        "condvar",
        Technique::Condvar,
        "a count in a mutex says whose turn it is",
    ),
    solution::<semaphore::Turns>(
        "semaphore",
        Technique::Semaphore,
        "number conducts: it lets one of the others speak, and waits until that is done",
    ),
    solution::<barrier::Rounds>(
        "barrier",
        Technique::Barrier,
        "all four count along and meet after each number",
    ),
    solution::<channel::Tokens>(
        "channel",
        Technique::Channel,
        "the count itself is sent to whoever has to speak next",
    ),
    async_solution::<asynchronous::Watched>("async", "all four watch the count"),
    solution::<atomic::Count>(
        "atomic",
        Technique::Atomic,
        "each knows its numbers, and looks again and again until the count has come to the next",
    ),
];
