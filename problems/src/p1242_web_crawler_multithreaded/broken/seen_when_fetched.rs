//! Broken: a page is seen when its fetch begins, and not when it becomes a job. Until then every
//! link to it makes one more job.

use std::{collections::HashSet, sync::Arc};

use sync::{
    Mutex,
    pool::{Scope, ThreadPool},
};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// The pool.
pub(super) struct Pool {
    threads: ThreadPool,
}

struct Crawl<'a> {
    host: &'a str,
    parser: &'a dyn HtmlParser,
    seen: Mutex<HashSet<String>>,
}

impl Crawl<'_> {
    fn visit<'scope>(&'scope self, url: &str, scope: Scope<'_, 'scope>) {
        self.seen.lock().insert(url.to_owned());
        for link in self.parser.get_urls(url) {
            if host_of(&link) == self.host && !self.seen.lock().contains(&link) {
                scope.spawn(move |scope| self.visit(&link, scope));
            }
        }
    }
}

impl WebCrawler for Pool {
    fn new(workers: usize) -> Self {
        Self { threads: ThreadPool::new(workers) }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let seen = Mutex::new(HashSet::new());
        let crawl = Crawl { host: host_of(start_url), parser: &*parser, seen };
        self.threads.scope(|scope| crawl.visit(start_url, scope));
        crawl.seen.into_inner().into_iter().collect()
    }
}
