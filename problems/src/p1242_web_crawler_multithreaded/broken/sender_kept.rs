//! Broken: the workers send the pages they find to each other, and each leaves when the channel is
//! closed. It never is, since each of them has a sender.

use std::{collections::HashSet, sync::Arc};

use sync::{
    Mutex,
    channel::{Receiver, Sender, unbounded},
    thread,
};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Circle {
    workers: usize,
}

struct Crawl<'a> {
    host: &'a str,
    parser: &'a dyn HtmlParser,
    seen: Mutex<HashSet<String>>,
}

impl Crawl<'_> {
    fn work(&self, pages: &Receiver<String>, found: &Sender<String>) {
        for url in pages {
            for link in self.parser.get_urls(&url) {
                if host_of(&link) == self.host && self.seen.lock().insert(link.clone()) {
                    found.send(link).expect("this worker receives");
                }
            }
        }
    }
}

impl WebCrawler for Circle {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let (found, pages) = unbounded();
        let seen = Mutex::new(HashSet::from([start_url.to_owned()]));
        let crawl = Crawl { host: host_of(start_url), parser: &*parser, seen };
        found.send(start_url.to_owned()).expect("the receiver is here");
        thread::scope(|scope| {
            for _ in 0..self.workers {
                let (crawl, pages, found) = (&crawl, pages.clone(), found.clone());
                scope.spawn(move || crawl.work(&pages, &found));
            }
            drop(found);
        });
        crawl.seen.into_inner().into_iter().collect()
    }
}
