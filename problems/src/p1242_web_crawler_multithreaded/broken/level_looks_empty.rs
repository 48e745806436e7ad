//! Broken: whoever comes from the meeting and sees an empty level leaves. Another may have been
//! quicker and taken its only page, and then waits at the next meeting alone.

use std::{collections::HashSet, mem, sync::Arc};

use sync::{Barrier, Mutex, thread};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Levels {
    workers: usize,
}

struct Crawl<'a> {
    host: &'a str,
    level: Mutex<Level>,
    meeting: Barrier,
}

struct Level {
    waiting: Vec<String>,
    next: Vec<String>,
    seen: HashSet<String>,
}

impl Crawl<'_> {
    fn work(&self, parser: &dyn HtmlParser) {
        loop {
            while let Some(url) = self.take() {
                self.add(parser.get_urls(&url));
            }
            // Everybody has come: nobody fetches, and the level is whole.
            if self.meeting.wait().is_leader() {
                self.level.lock().advance();
            }
            self.meeting.wait();
            if self.level.lock().waiting.is_empty() {
                return;
            }
        }
    }

    fn take(&self) -> Option<String> {
        self.level.lock().waiting.pop()
    }

    fn add(&self, links: Vec<String>) {
        let mut level = self.level.lock();
        for url in links {
            if host_of(&url) == self.host && level.seen.insert(url.clone()) {
                level.next.push(url);
            }
        }
    }
}

impl Level {
    fn advance(&mut self) {
        self.waiting = mem::take(&mut self.next);
    }
}

impl WebCrawler for Levels {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let start = start_url.to_owned();
        let (seen, waiting) = (HashSet::from([start.clone()]), vec![start]);
        let level = Mutex::new(Level { waiting, next: Vec::new(), seen });
        let crawl = Crawl { host: host_of(start_url), level, meeting: Barrier::new(self.workers) };
        thread::scope(|scope| {
            for _ in 0..self.workers {
                scope.spawn(|| crawl.work(&*parser));
            }
        });
        crawl.level.into_inner().seen.into_iter().collect()
    }
}
