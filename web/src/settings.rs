//! What a crawl may cost, and how polite it is.

use std::{net::SocketAddr, time::Duration};

/// Limits and manners. The defaults suit a stranger's site.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Requests under way at the same time, and so open connections; at least 1.
    pub connections: usize,
    /// The least time between the beginnings of two requests.
    pub delay: Duration,
    /// How long one answer may take, from the connection to the last byte.
    pub timeout: Duration,
    /// How long the other side may be silent in the middle of an answer.
    pub read_timeout: Duration,
    /// How long a page may take to be parsed into a tree.
    pub parse_timeout: Duration,
    /// How many bytes a page may have, after decompression.
    pub max_body: usize,
    /// How many pages are asked for.
    pub max_pages: usize,
    /// How many links away from the start a page may be.
    pub max_depth: usize,
    /// How many bytes a URL may have.
    pub max_url: usize,
    /// How many different queries of one path are asked for: calendars have no end.
    pub max_queries: usize,
    /// How often one page is asked for again.
    pub retries: u32,
    /// How often pages are asked for again in the whole crawl.
    pub retry_budget: u32,
    /// How long to wait before asking again, the first time, give or take a half.
    pub backoff: Duration,
    /// How long the other side may tell us to wait.
    pub max_pause: Duration,
    /// The longest delay between two requests that robots.txt may ask for.
    pub max_crawl_delay: Duration,
    /// Whether robots.txt is read.
    pub robots: RobotsRule,
    /// Where the names of hosts lead.
    pub names: Names,
}

/// Whether robots.txt is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RobotsRule {
    /// What it forbids is not asked for.
    Honour,
    /// It is not even asked for.
    Ignore,
}

/// Where the names of hosts lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Where the system says.
    System,
    /// All to one address: a web of its own, and nothing leaves the machine.
    AllTo(SocketAddr),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections: 8,
            delay: Duration::ZERO,
            timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(5),
            parse_timeout: Duration::from_secs(2),
            max_body: 4 << 20,
            max_pages: 1_000,
            max_depth: 32,
            max_url: 2_000,
            max_queries: 100,
            retries: 2,
            retry_budget: 100,
            backoff: Duration::from_millis(500),
            max_pause: Duration::from_mins(1),
            max_crawl_delay: Duration::from_secs(10),
            robots: RobotsRule::Honour,
            names: Names::System,
        }
    }
}
