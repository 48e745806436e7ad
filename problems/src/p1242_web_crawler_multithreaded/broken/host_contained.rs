//! Broken: a link is taken to be on the host if it contains the host's name, which other hosts'
//! names and paths may do as well.

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
            if link.contains(self.host) && self.seen.lock().insert(link.clone()) {
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
