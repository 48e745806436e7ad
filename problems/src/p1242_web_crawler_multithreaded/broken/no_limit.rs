//! Broken: every page is fetched as soon as it is found, and nobody counts how many are.

use std::{collections::HashSet, mem, sync::Arc};

use sync::{
    future::mpsc::{UnboundedSender, unbounded_channel},
    task,
};

use crate::p1242_web_crawler_multithreaded::{AsyncHtmlParser, AsyncWebCrawler, host_of};

/// Knows no limit.
pub(super) struct Coordinator;

/// A page to come, which is answered when it is dropped: with nothing if its fetch has panicked.
struct Page {
    url: String,
    links: Vec<String>,
    answers: UnboundedSender<Vec<String>>,
}

async fn fetch(mut page: Page, parser: Arc<dyn AsyncHtmlParser>) {
    page.links = parser.get_urls(&page.url).await;
}

impl Drop for Page {
    fn drop(&mut self) {
        // Nobody listens if the crawl was given up.
        let _ = self.answers.send(mem::take(&mut self.links));
    }
}

impl AsyncWebCrawler for Coordinator {
    fn new(_workers: usize) -> Self {
        Self
    }

    async fn crawl(&self, start_url: &str, parser: Arc<dyn AsyncHtmlParser>) -> Vec<String> {
        let host = host_of(start_url);
        let (answers, mut found) = unbounded_channel();
        let mut seen = HashSet::new();
        let (mut new, mut pending) = (vec![start_url.to_owned()], 0);
        loop {
            for url in new {
                if host_of(&url) == host && seen.insert(url.clone()) {
                    let page = Page { url, links: Vec::new(), answers: answers.clone() };
                    task::spawn(fetch(page, Arc::clone(&parser)));
                    pending += 1;
                }
            }
            if pending == 0 {
                return seen.into_iter().collect();
            }
            new = found.recv().await.expect("the crawl has a sender itself");
            pending -= 1;
        }
    }
}
