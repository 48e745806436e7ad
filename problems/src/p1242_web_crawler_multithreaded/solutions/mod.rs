//! The accepted answers to 1242.

mod asynchronous;
mod barrier;
mod channel;
mod condvar;
mod semaphore;
mod thread_pool;

use super::{
    Crawl, async_solution,
    crawl::{Listed, solutions},
    solution,
};
use crate::{Solution, Technique};

/// In the order a learner should read them.
pub(super) const ALL: &[Solution] = &solutions(LISTED);

/// The same, as the real crawler runs them too.
pub(super) const LISTED: &[Listed; 6] = &[
    Listed {
        solution: solution::<condvar::Pool>(
            "condvar",
            Technique::Condvar,
            "workers share what is to be fetched, and leave when nothing more can come",
        ),
        crawl: Crawl::of::<condvar::Pool>(),
    },
    Listed {
        solution: solution::<thread_pool::Pool>(
            "thread-pool",
            Technique::Condvar,
            "each new link is a job for a pool of threads, which ends when all jobs have",
        ),
        crawl: Crawl::of::<thread_pool::Pool>(),
    },
    Listed {
        solution: solution::<semaphore::Desk>(
            "semaphore",
            Technique::Semaphore,
            "a task for each page, a permit for each fetch, and one for each answer",
        ),
        crawl: Crawl::of::<semaphore::Desk>(),
    },
    Listed {
        solution: solution::<barrier::Levels>(
            "barrier",
            Technique::Barrier,
            "everybody meets when all pages at one distance have been fetched",
        ),
        crawl: Crawl::of::<barrier::Levels>(),
    },
    Listed {
        solution: solution::<channel::Coordinator>(
            "channel",
            Technique::Channel,
            "one sends pages out and counts the answers that come back",
        ),
        crawl: Crawl::of::<channel::Coordinator>(),
    },
    Listed {
        solution: async_solution::<asynchronous::Coordinator>(
            "async",
            "a task for each page, a permit for each fetch, and a channel for the links",
        ),
        crawl: Crawl::of_async::<asynchronous::Coordinator>(),
    },
];
