//! The accepted answers to 1116.

mod asynchronous;
mod atomic;
mod barrier;
mod channel;
mod condvar;
mod semaphore;
mod watch;

use super::{async_solution, solution};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &[
    solution::<condvar::Series>(
        "condvar",
        Technique::Condvar,
        "every place in the output belongs to one task, which waits for it",
    ),
    solution::<semaphore::Gates>(
        "semaphore",
        Technique::Semaphore,
        "one permit travels between three gates and always comes back to zero",
    ),
    solution::<barrier::Meetings>(
        "barrier",
        Technique::Barrier,
        "zero meets the next printer before its number, and again after it",
    ),
    solution::<channel::Messages>(
        "channel",
        Technique::Channel,
        "zero sends each number and waits for word that it is printed",
    ),
    async_solution::<asynchronous::Messages>(
        "async",
        "zero sends each number and awaits word that it is printed",
    ),
    async_solution::<watch::Series>("watch", "each task watches how many numbers are printed"),
    solution::<atomic::Series>(
        "atomic",
        Technique::Atomic,
        "a counter says whose place in the output is next",
    ),
];
