//! Each page is a job for a pool with a thread for each fetch at a time, and makes a job of each new
//! link. When the last job has ended there is nobody left who could find a page.

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
        for link in self.parser.get_urls(url) {
            // Looking and inserting are one step: whoever inserts a page is who fetches it.
            if host_of(&link) == self.host && self.seen.lock().insert(link.clone()) {
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
        let seen = Mutex::new(HashSet::from([start_url.to_owned()]));
        let crawl = Crawl { host: host_of(start_url), parser: &*parser, seen };
        self.threads.scope(|scope| crawl.visit(start_url, scope));
        crawl.seen.into_inner().into_iter().collect()
    }
}
