//! What `judge serve` says.

use std::time::Duration;

use web::{Url, site::Stats};

use super::style::{FAINT, STRONG, paint};
use crate::number::counted;

/// Where the site is, and how to crawl it.
pub fn heading(home: &Url, pages: usize, latency: Duration) -> String {
    let pages = counted(pages, "page");
    let time = match latency.as_millis() {
        0 => String::new(),
        time => format!(", {time} ms each"),
    };
    format!(
        "\n{} leads to {pages}{time}\n\n  judge crawl {home}\n\n{}\n",
        paint(STRONG, home),
        paint(FAINT, "Ctrl-C ends it")
    )
}

/// What was asked for.
pub fn summary(stats: &Stats) -> String {
    let requests = stats.requests();
    let times = requests.values().sum();
    let most = stats.peak_connections();
    format!(
        "\n{} for {}, {} at a time at most\n",
        counted(times, "request"),
        counted(requests.len(), "URL"),
        counted(most, "connection")
    )
}
