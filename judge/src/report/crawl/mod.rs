//! A crawl, told page by page as it goes.

mod human;
mod json;

use std::fmt;

use web::{Crawled, Ending, Failure, Page, Url};

use super::{Spinner, is_read, print};

/// How a crawl is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// As text for people.
    Human,
    /// As one JSON object a line.
    Json,
}

/// Tells pages as they come, from whatever thread.
pub struct Reporter {
    telling: Telling,
    spinner: Spinner,
}

impl Reporter {
    /// Begins the report on a crawl of the host of `home` by a solution.
    pub fn new(telling: Telling, home: &Url, solution: &str, workers: u64) -> Self {
        match telling {
            Telling::Human => print(&human::heading(home, solution, workers)),
            Telling::Json => print(&json::start(home, solution, workers)),
        }
        Self { telling, spinner: Spinner::new() }
    }

    /// Tells one page; whether somebody still listens.
    pub fn tell(&self, page: &Page) -> bool {
        let line = match self.telling {
            Telling::Human => human::page(page),
            Telling::Json => json::page(page),
        };
        self.spinner.step(|| is_read(&line))
    }

    /// Ends the report; `is_stopped` says whether somebody ended the crawl.
    pub fn end(&self, crawled: &Crawled, is_stopped: bool) {
        self.spinner.end();
        match self.telling {
            Telling::Human => print(&human::summary(crawled, is_stopped)),
            Telling::Json => print(&json::end(crawled, is_stopped)),
        }
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reporter in {:?}", self.telling)
    }
}

/// The pages that could not be had, by the reason, the most frequent first.
fn failures(crawled: &Crawled) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for page in &crawled.pages {
        if let Ending::Failed(failure) = &page.ending {
            *counts.entry(reason(failure)).or_insert(0) += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    counts
}

/// The failure, without what tells those of the same kind apart.
fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Elsewhere(_) => "redirects to another host".to_owned(),
        failure => failure.to_string(),
    }
}

/// How many pages were had in a second.
#[expect(clippy::cast_precision_loss, reason = "nobody crawls so many pages")]
fn rate(crawled: &Crawled) -> f64 {
    crawled.pages.len() as f64 / crawled.elapsed.as_secs_f64().max(1e-9)
}
