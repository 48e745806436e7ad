//! Where you start: every page is fetched, one after the other.

use std::{collections::HashSet, sync::Arc};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// What the tasks share.
pub(super) struct Starter;

impl WebCrawler for Starter {
    fn new(_workers: usize) -> Self {
        Self
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let mut pages = vec![start_url.to_owned()];
        let mut seen = HashSet::from([start_url.to_owned()]);
        let mut fetched = 0;
        while let Some(url) = pages.get(fetched) {
            // Begin a task here, with sync::thread::spawn, and have up to `workers` of them fetch.
            for link in parser.get_urls(url) {
                if host_of(&link) == host_of(start_url) && seen.insert(link.clone()) {
                    pages.push(link);
                }
            }
            fetched += 1;
        }
        pages
    }
}
