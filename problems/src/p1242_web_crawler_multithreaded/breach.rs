//! What can be wrong with a crawl, and how a report says it.

use std::{sync::Arc, time::Duration};

use thiserror::Error;

use super::model::Count;
use crate::{Grade, Violation};

/// How an execution can break the statement.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Breach {
    /// A page was fetched again.
    #[error("{url} is fetched a second time")]
    FetchedTwice {
        /// Which.
        url: Arc<str>,
    },
    /// A page on another host was fetched.
    #[error("{url} is fetched, and is not on {host}")]
    Foreign {
        /// Which.
        url: Arc<str>,
        /// The start's host.
        host: String,
    },
    /// A page was fetched that no link leads to.
    #[error("{url} is fetched, and no page on the host links to it")]
    Unlinked {
        /// Which.
        url: Arc<str>,
    },
    /// More pages were fetched at a time than allowed.
    #[error("{fetches} fetches are under way, and {} may fetch", Count(*.workers, "worker"))]
    Crowded {
        /// How many.
        fetches: usize,
        /// How many are allowed.
        workers: usize,
    },
    /// The crawl had returned, and a page was still being fetched, or began to be.
    #[error("{url} is being fetched after the crawl has returned")]
    Leaked {
        /// Which.
        url: Arc<str>,
    },
    /// A page is missing.
    #[error("{url} is not in the answer")]
    Missing {
        /// Which.
        url: Arc<str>,
    },
    /// There is a page too many.
    #[error("{url:?} is in the answer, and is no page that can be reached on the host")]
    Unexpected {
        /// Which.
        url: String,
    },
    /// A page is in the answer again.
    #[error("{url} is in the answer twice")]
    Repeated {
        /// Which.
        url: String,
    },
    /// A page was returned without being fetched.
    #[error("{url} is in the answer, and was never fetched")]
    NotFetched {
        /// Which.
        url: Arc<str>,
    },
    /// Nobody returned anything.
    #[error("the crawl has not returned")]
    NoAnswer,
    /// Fewer pages were fetched at a time than could have been.
    #[error("{fetches} of {expected} possible fetches are under way, and nobody can move")]
    Idle {
        /// How many.
        fetches: usize,
        /// How many could have been.
        expected: usize,
    },
    /// It took too long.
    #[error("the crawl takes {elapsed:?}, and {} need no more than {limit:?}", Count(*.workers, "worker"))]
    Slow {
        /// How long.
        elapsed: Duration,
        /// How many there are to do it.
        workers: usize,
        /// How long is enough.
        limit: Duration,
    },
}

impl Breach {
    /// What is wrong with an execution in which this happened.
    pub(super) fn violation(&self) -> Violation {
        match self {
            Self::FetchedTwice { .. }
            | Self::Foreign { .. }
            | Self::Unlinked { .. }
            | Self::NotFetched { .. } => Violation::invariant(self, Grade::LeetCode),
            // LeetCode knows no limit.
            Self::Crowded { .. } => Violation::invariant(self, Grade::Strict),
            // Whoever has not read a page cannot know that the answer is whole.
            Self::Leaked { .. } => Violation::leak(self, Grade::LeetCode),
            Self::Missing { .. }
            | Self::Unexpected { .. }
            | Self::Repeated { .. }
            | Self::NoAnswer => Violation::wrong_answer(self, Grade::LeetCode),
            Self::Idle { .. } | Self::Slow { .. } => {
                Violation::not_concurrent(self, Grade::LeetCode)
            }
        }
    }
}
