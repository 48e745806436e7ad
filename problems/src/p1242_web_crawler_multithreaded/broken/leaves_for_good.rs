//! Broken: a worker that finds nothing waiting leaves, and does not ask whether a fetch will bring
//! more. Those who stay find every page, and may be one.

use std::{collections::HashSet, sync::Arc};

use sync::{Mutex, thread};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Pool {
    workers: usize,
}

struct Crawl<'a> {
    host: &'a str,
    frontier: Mutex<Frontier>,
}

struct Frontier {
    waiting: Vec<String>,
    seen: HashSet<String>,
}

impl Crawl<'_> {
    fn work(&self, parser: &dyn HtmlParser) {
        while let Some(url) = self.next() {
            self.add(parser.get_urls(&url));
        }
    }

    fn next(&self) -> Option<String> {
        self.frontier.lock().waiting.pop()
    }

    fn add(&self, links: Vec<String>) {
        let mut frontier = self.frontier.lock();
        for url in links {
            if host_of(&url) == self.host && frontier.seen.insert(url.clone()) {
                frontier.waiting.push(url);
            }
        }
    }
}

impl WebCrawler for Pool {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let start = start_url.to_owned();
        let (seen, waiting) = (HashSet::from([start.clone()]), vec![start]);
        let frontier = Mutex::new(Frontier { waiting, seen });
        let crawl = Crawl { host: host_of(start_url), frontier };
        thread::scope(|scope| {
            for _ in 0..self.workers {
                scope.spawn(|| crawl.work(&*parser));
            }
        });
        crawl.frontier.into_inner().seen.into_iter().collect()
    }
}
