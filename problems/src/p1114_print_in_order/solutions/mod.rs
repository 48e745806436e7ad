//! The accepted answers to 1114.

mod asynchronous;
mod atomic;
mod barrier;
mod channel;
mod condvar;
mod notify;
mod park;
mod semaphore;

use super::{async_solution, solution};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &[
    solution::<condvar::Stage>(
        "condvar",
        Technique::Condvar,
        "a number in a mutex says how many words are printed",
    ),
    solution::<semaphore::Gates>(
        "semaphore",
        Technique::Semaphore,
        "two closed gates, each opened by the word before",
    ),
    solution::<barrier::Meetings>(
        "barrier",
        Technique::Barrier,
        "neighbours meet when the earlier one has printed",
    ),
    solution::<channel::News>("channel", Technique::Channel, "each word sends for the next"),
    async_solution::<asynchronous::Oneshots>("async", "what happens once is told by a oneshot"),
    async_solution::<notify::Notifications>(
        "notify",
        "a notification that nobody waits for yet is kept",
    ),
    solution::<atomic::Stage>(
        "atomic",
        Technique::Atomic,
        "a counter says how many words are printed",
    ),
    solution::<park::Sleepers>(
        "park",
        Technique::Atomic,
        "who waits leaves a handle and parks until a flag is up",
    ),
];
