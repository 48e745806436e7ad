//! The accepted answers to 1226.

mod asynchronous;
mod atomic;
mod barrier;
mod chandy_misra;
mod channel;
mod condvar;
mod ordered_locks;
mod private_semaphores;
mod semaphore;

use super::{async_solution, solution};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &[
    solution::<condvar::Monitor>(
        "condvar",
        Technique::Condvar,
        "a monitor gives both forks or none",
    ),
    solution::<ordered_locks::Forks>(
        "ordered-locks",
        Technique::Condvar,
        "a lock for each fork, the lower number first",
    ),
    solution::<semaphore::Room>(
        "semaphore",
        Technique::Semaphore,
        "only four may try at a time, so the ring never closes",
    ),
    solution::<private_semaphores::Invitations>(
        "private-semaphores",
        Technique::Semaphore,
        "whoever puts its forks back invites its neighbours",
    ),
    solution::<barrier::Phases>(
        "barrier",
        Technique::Barrier,
        "phases without neighbours, and a barrier that the hungry join and leave",
    ),
    solution::<channel::Waiter>(
        "channel",
        Technique::Channel,
        "a waiter, whose book is passed around, serves in the order of coming",
    ),
    solution::<chandy_misra::Table>(
        "chandy-misra",
        Technique::Channel,
        "a dirty fork is yielded, a clean one is kept until its owner has eaten",
    ),
    async_solution::<asynchronous::Forks>(
        "async",
        "an async lock for each fork, even and odd philosophers from opposite sides",
    ),
    solution::<atomic::Mask>(
        "atomic",
        Technique::Atomic,
        "a bit for each fork, both set in one step or none",
    ),
];
