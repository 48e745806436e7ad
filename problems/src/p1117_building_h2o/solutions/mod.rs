//! The accepted answers to 1117, all of them strictly.

mod asynchronous;
mod atomic;
mod barrier;
mod channel;
mod condvar;
mod oxygen_leads;
mod semaphore;

use super::{async_solution, solution};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &[
    solution::<condvar::Vessel>(
        "condvar",
        Technique::Condvar,
        "the atom that makes a molecule complete admits it",
    ),
    solution::<semaphore::Molecule>(
        "semaphore",
        Technique::Semaphore,
        "two places for hydrogen and one for oxygen, kept until all three have met and printed",
    ),
    solution::<oxygen_leads::Announcements>(
        "oxygen-leads",
        Technique::Semaphore,
        "an oxygen takes two hydrogens that have announced themselves, and tells both to go",
    ),
    solution::<barrier::Meetings>(
        "barrier",
        Technique::Barrier,
        "each molecule has a barrier of its own, and the last to reach it holds the lock",
    ),
    solution::<channel::Requests>(
        "channel",
        Technique::Channel,
        "one oxygen at a time answers the requests of two hydrogens",
    ),
    async_solution::<asynchronous::Invitations>(
        "async",
        "atoms wait for an invitation, and all three share the permit that comes with it",
    ),
    solution::<atomic::Tickets>(
        "atomic",
        Technique::Atomic,
        "a ticket says which molecule an atom belongs to, three counts say when that may go",
    ),
];
