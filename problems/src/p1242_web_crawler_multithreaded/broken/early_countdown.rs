//! Broken: a page counts down before its links are counted. In between nothing seems to be pending,
//! and the crawl returns without them.

use std::{collections::HashSet, sync::Arc};

use sync::{
    Mutex, Semaphore,
    atomic::{
        AtomicUsize,
        Ordering::{Acquire, Relaxed, Release},
    },
    thread,
};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// A limit, and a count of pages to come.
pub(super) struct Countdown {
    workers: usize,
}

struct Crawl {
    host: String,
    parser: Arc<dyn HtmlParser>,
    may_fetch: Semaphore,
    /// Release when it goes down: pairs with the Acquire of whoever waits for zero.
    pending: AtomicUsize,
    seen: Mutex<HashSet<String>>,
    fetched: Mutex<Vec<String>>,
}

fn begin(crawl: &Arc<Crawl>, url: String) {
    crawl.pending.fetch_add(1, Relaxed);
    let crawl = Arc::clone(crawl);
    thread::spawn(move || visit(&crawl, url));
}

fn visit(crawl: &Arc<Crawl>, url: String) {
    crawl.may_fetch.acquire();
    let links = crawl.parser.get_urls(&url);
    crawl.may_fetch.release();
    crawl.fetched.lock().push(url);
    crawl.pending.fetch_sub(1, Release);
    for link in links {
        if host_of(&link) == crawl.host && crawl.seen.lock().insert(link.clone()) {
            begin(crawl, link);
        }
    }
}

impl WebCrawler for Countdown {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let crawl = Arc::new(Crawl {
            host: host_of(start_url).to_owned(),
            parser,
            may_fetch: Semaphore::new(self.workers),
            pending: AtomicUsize::new(0),
            seen: Mutex::new(HashSet::from([start_url.to_owned()])),
            fetched: Mutex::new(Vec::new()),
        });
        begin(&crawl, start_url.to_owned());
        while crawl.pending.load(Acquire) > 0 {
            thread::yield_now();
        }
        crawl.fetched.lock().clone()
    }
}
