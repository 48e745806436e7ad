//! Level by level: workers fetch the pages at one distance from the start, and meet when there are
//! none left; one of them brings out the next level, and they meet again to begin with it.

use std::{
    any::Any,
    collections::HashSet,
    mem,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
};

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
    /// Said at a meeting, for all to read after it: an empty `waiting` would say it to the slow only.
    is_last: bool,
    /// The panic of a fetch, which ends the crawl when all have met.
    panic: Option<Box<dyn Any + Send>>,
}

impl Crawl<'_> {
    fn work(&self, parser: &dyn HtmlParser) {
        while !self.level.lock().is_last {
            while let Some(url) = self.take() {
                // Whoever panics has to come to the meeting too, where the others would wait for ever.
                match catch_unwind(AssertUnwindSafe(|| parser.get_urls(&url))) {
                    Ok(links) => self.add(links),
                    Err(panic) => self.level.lock().panic = Some(panic),
                }
            }
            // Everybody has come: nobody fetches, and the level is whole.
            if self.meeting.wait().is_leader() {
                self.level.lock().advance();
            }
            self.meeting.wait();
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
        self.is_last = self.waiting.is_empty() || self.panic.is_some();
    }
}

impl WebCrawler for Levels {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let start = start_url.to_owned();
        let (seen, waiting) = (HashSet::from([start.clone()]), vec![start]);
        let level = Level { waiting, next: Vec::new(), seen, is_last: false, panic: None };
        let (level, meeting) = (Mutex::new(level), Barrier::new(self.workers));
        let crawl = Crawl { host: host_of(start_url), level, meeting };
        thread::scope(|scope| {
            for _ in 0..self.workers {
                scope.spawn(|| crawl.work(&*parser));
            }
        });
        let level = crawl.level.into_inner();
        if let Some(panic) = level.panic {
            resume_unwind(panic);
        }
        level.seen.into_iter().collect()
    }
}
