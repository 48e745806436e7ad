//! What became of one page: what a crawl reports.

use std::{sync::Arc, time::Duration};

use thiserror::Error;

/// What became of one page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its URL, as it was asked for.
    pub url: Arc<str>,
    /// How many links away from the start it was found.
    pub depth: usize,
    /// The status of the last answer, if one came.
    pub status: Option<u16>,
    /// The pages of this site that it links to, each once, in order.
    pub links: Vec<Arc<str>>,
    /// How many bytes were read, after decompression.
    pub bytes: usize,
    /// How long it took, from the first request to the last link.
    pub elapsed: Duration,
    /// How it ended.
    pub ending: Ending,
}

impl Page {
    /// A page whose reading panicked.
    pub(crate) fn panicked(url: &str, depth: usize) -> Self {
        Self {
            url: Arc::from(url),
            depth,
            status: None,
            links: Vec::new(),
            bytes: 0,
            elapsed: Duration::ZERO,
            ending: Ending::Failed(Failure::Panicked),
        }
    }
}

/// How it ended with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was read.
    Read,
    /// It was read without building a tree, which would take for ever: why.
    ReadFlat(Shape),
    /// It is another page's address.
    Redirect(String),
    /// It is not HTML, and was not read: what it is instead.
    NotHtml(String),
    /// It could not be had.
    Failed(Failure),
}

/// What makes a page too expensive to build a tree of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Shape {
    /// Elements in elements in elements.
    #[error("nested too deeply")]
    Deep,
    /// A tag with attributes beyond number.
    #[error("too many attributes")]
    Wide,
    /// More elements than a page for readers has.
    #[error("too many elements")]
    Large,
    /// Whatever it is.
    #[error("too slow to parse")]
    Slow,
}

/// Why a page could not be had.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Failure {
    /// The other side answered that it will not.
    #[error("status {0}")]
    Status(u16),
    /// The answer took too long.
    #[error("timed out")]
    TimedOut,
    /// No connection.
    #[error("no connection: {0}")]
    Connection(String),
    /// The answer is not HTTP, or ends in the middle.
    #[error("bad answer: {0}")]
    BadAnswer(String),
    /// More bytes than are allowed.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// Redirected to another host, which was not asked.
    #[error("redirects to another host, {0}")]
    Elsewhere(String),
    /// Redirected to where it came from.
    #[error("redirects in a circle")]
    Circle,
    /// Redirected again and again.
    #[error("too many redirects")]
    TooManyRedirects,
    /// Redirected to nowhere.
    #[error("redirects to no page")]
    Nowhere,
    /// robots.txt forbids it.
    #[error("robots.txt forbids it")]
    Forbidden,
    /// robots.txt could not be had, so nobody knows what it forbids.
    #[error("robots.txt: {0}")]
    NoRules(Box<Failure>),
    /// The crawl was stopped before it was there.
    #[error("stopped")]
    Stopped,
    /// A fault of ours: reading the page panicked. The others go on.
    #[error("reading it panicked")]
    Panicked,
}
