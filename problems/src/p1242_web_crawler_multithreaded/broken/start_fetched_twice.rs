//! Broken: the first page is fetched to fill the queue, and is in the queue as well.

use std::{collections::HashSet, mem, sync::Arc};

use sync::{Condvar, Mutex, thread};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Pool {
    workers: usize,
}

struct Crawl<'a> {
    host: &'a str,
    frontier: Mutex<Frontier>,
    changed: Condvar,
}

struct Frontier {
    waiting: Vec<String>,
    seen: HashSet<String>,
    under_way: usize,
}

/// A fetch under way, which brings its links when it is dropped: none if it has panicked.
struct Fetch<'a> {
    crawl: &'a Crawl<'a>,
    links: Vec<String>,
}

impl<'a> Crawl<'a> {
    fn work(&'a self, parser: &dyn HtmlParser) {
        while let Some(url) = self.next() {
            let mut fetch = Fetch { crawl: self, links: Vec::new() };
            fetch.links = parser.get_urls(&url);
        }
    }

    /// The next page; none once nothing is waiting and nothing can come.
    fn next(&self) -> Option<String> {
        let mut frontier = self.frontier.lock();
        while frontier.waiting.is_empty() && frontier.under_way > 0 {
            self.changed.wait(&mut frontier);
        }
        let url = frontier.waiting.pop()?;
        frontier.under_way += 1;
        Some(url)
    }

    fn add(&self, links: Vec<String>) {
        let mut frontier = self.frontier.lock();
        for url in links {
            if host_of(&url) == self.host && frontier.seen.insert(url.clone()) {
                frontier.waiting.push(url);
            }
        }
        frontier.under_way -= 1;
        // All: there may be several new pages, or none and nobody who could bring one.
        self.changed.notify_all();
    }
}

impl Drop for Fetch<'_> {
    fn drop(&mut self) {
        self.crawl.add(mem::take(&mut self.links));
    }
}

impl WebCrawler for Pool {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let start = start_url.to_owned();
        let (seen, waiting) = (HashSet::from([start.clone()]), vec![start]);
        let frontier = Mutex::new(Frontier { waiting, seen, under_way: 0 });
        let crawl = Crawl { host: host_of(start_url), frontier, changed: Condvar::new() };
        crawl.frontier.lock().under_way += 1;
        crawl.add(parser.get_urls(start_url));
        thread::scope(|scope| {
            for _ in 0..self.workers {
                scope.spawn(|| crawl.work(&*parser));
            }
        });
        crawl.frontier.into_inner().seen.into_iter().collect()
    }
}
