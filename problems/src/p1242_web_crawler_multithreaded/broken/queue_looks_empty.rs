//! Broken: the crawl returns when nothing is waiting to be fetched. What is being fetched is not
//! waiting, and its links are still to come.

use std::{collections::HashSet, sync::Arc};

use sync::{Mutex, thread};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Pool {
    workers: usize,
}

#[derive(Default)]
struct Frontier {
    waiting: Vec<String>,
    seen: HashSet<String>,
    fetched: Vec<String>,
}

impl Frontier {
    fn add(&mut self, url: String, links: Vec<String>) {
        for link in links {
            if host_of(&link) == host_of(&url) && self.seen.insert(link.clone()) {
                self.waiting.push(link);
            }
        }
        self.fetched.push(url);
    }
}

fn work(frontier: &Mutex<Frontier>, parser: &dyn HtmlParser) {
    // Looked at apart from the fetch: a guard here would be held through it.
    let next = || frontier.lock().waiting.pop();
    while let Some(url) = next() {
        let links = parser.get_urls(&url);
        frontier.lock().add(url, links);
    }
}

impl WebCrawler for Pool {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let start = start_url.to_owned();
        let (seen, waiting) = (HashSet::from([start.clone()]), vec![start]);
        let frontier = Arc::new(Mutex::new(Frontier { waiting, seen, fetched: Vec::new() }));
        for _ in 0..self.workers {
            let (frontier, parser) = (Arc::clone(&frontier), Arc::clone(&parser));
            thread::spawn(move || work(&frontier, &*parser));
        }
        while !frontier.lock().waiting.is_empty() {
            thread::yield_now();
        }
        frontier.lock().fetched.clone()
    }
}
