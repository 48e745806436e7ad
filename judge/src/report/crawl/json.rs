//! A crawl as programs read it: one JSON object a line. What is there stays; more may come.

use serde::Serialize;
use web::{Crawled, Ending, LeftOut, Page, Url};

use super::{failures, rate};

/// The version of what is written.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Record<'a> {
    Start {
        schema: u32,
        url: &'a str,
        solution: &'a str,
        workers: u64,
    },
    Page {
        url: &'a str,
        depth: usize,
        status: Option<u16>,
        links: usize,
        bytes: usize,
        seconds: f64,
        ending: &'a str,
        detail: Option<String>,
    },
    End {
        pages: usize,
        found: usize,
        failed: usize,
        failures: Vec<Failed>,
        links_not_followed: NotFollowed,
        /// The seconds between two requests that were kept because robots.txt asks for them.
        crawl_delay: Option<f64>,
        seconds: f64,
        pages_per_second: f64,
        stopped: bool,
    },
}

#[derive(Serialize)]
struct Failed {
    reason: String,
    pages: usize,
}

#[derive(Serialize)]
struct NotFollowed {
    elsewhere: usize,
    deep: usize,
    beyond: usize,
    traps: usize,
    forbidden: usize,
}

/// The first line.
pub(super) fn start(home: &Url, solution: &str, workers: u64) -> String {
    line(&Record::Start { schema: SCHEMA, url: home.as_str(), solution, workers })
}

/// The line of a page.
pub(super) fn page(page: &Page) -> String {
    let (ending, detail) = match &page.ending {
        Ending::Read => ("read", None),
        Ending::ReadFlat(shape) => ("read_flat", Some(shape.to_string())),
        Ending::Redirect(to) => ("redirect", Some(to.clone())),
        Ending::NotHtml(kind) => ("not_html", Some(kind.clone())),
        Ending::Failed(failure) => ("failed", Some(failure.to_string())),
    };
    line(&Record::Page {
        url: &page.url,
        depth: page.depth,
        status: page.status,
        links: page.links.len(),
        bytes: page.bytes,
        seconds: page.elapsed.as_secs_f64(),
        ending,
        detail,
    })
}

/// The last line.
pub(super) fn end(crawled: &Crawled, stopped: bool) -> String {
    let failures: Vec<Failed> =
        failures(crawled).into_iter().map(|(reason, pages)| Failed { reason, pages }).collect();
    let LeftOut { elsewhere, deep, beyond, traps, forbidden } = crawled.left_out;
    line(&Record::End {
        pages: crawled.pages.len(),
        found: crawled.found,
        failed: failures.iter().map(|failed| failed.pages).sum(),
        failures,
        links_not_followed: NotFollowed { elsewhere, deep, beyond, traps, forbidden },
        crawl_delay: crawled.crawl_delay.map(|delay| delay.kept.as_secs_f64()),
        seconds: crawled.elapsed.as_secs_f64(),
        pages_per_second: rate(crawled),
        stopped,
    })
}

fn line(record: &Record<'_>) -> String {
    let json = serde_json::to_string(record).expect("a record has no maps with odd keys");
    json + "\n"
}
