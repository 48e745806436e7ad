//! The accepted answers to 1242.

mod asynchronous;
mod barrier;
mod channel;
mod condvar;
mod semaphore;
mod thread_pool;

use super::crawl::{Listed, async_listed, listed, solutions};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &solutions(LISTED);

/// The same, as the real crawler runs them too.
pub(super) const LISTED: &[Listed; 6] = &[
    listed::<condvar::Pool>(
        "condvar",
        Technique::Condvar,
        "workers share what is to be fetched, and leave when nothing more can come",
    ),
    listed::<thread_pool::Pool>(
        "thread-pool",
        Technique::Condvar,
        "each new link is a job for a pool of threads, which ends when all jobs have",
    ),
    listed::<semaphore::Desk>(
        "semaphore",
        Technique::Semaphore,
        "a task for each page, a permit for each fetch, and one for each answer",
    ),
    listed::<barrier::Levels>(
        "barrier",
        Technique::Barrier,
        "everybody meets when all pages at one distance have been fetched",
    ),
    listed::<channel::Coordinator>(
        "channel",
        Technique::Channel,
        "one sends pages out and counts the answers that come back",
    ),
    async_listed::<asynchronous::Coordinator>(
        "async",
        "a task for each page, a permit for each fetch, and a channel for the links",
    ),
];
