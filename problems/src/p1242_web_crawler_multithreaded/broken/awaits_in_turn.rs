//! Broken: each page has a task of its own, which is awaited before the next one begins.

use std::{collections::HashSet, sync::Arc};

use sync::task;

use crate::p1242_web_crawler_multithreaded::{AsyncHtmlParser, AsyncWebCrawler, host_of};

/// Keeps to any limit.
pub(super) struct Queue;

async fn fetch(url: String, parser: Arc<dyn AsyncHtmlParser>) -> Vec<String> {
    parser.get_urls(&url).await
}

impl AsyncWebCrawler for Queue {
    fn new(_workers: usize) -> Self {
        Self
    }

    async fn crawl(&self, start_url: &str, parser: Arc<dyn AsyncHtmlParser>) -> Vec<String> {
        let host = host_of(start_url);
        let mut pages = vec![start_url.to_owned()];
        let mut seen = HashSet::from([start_url.to_owned()]);
        let mut fetched = 0;
        while let Some(url) = pages.get(fetched).cloned() {
            let links = task::spawn(fetch(url, Arc::clone(&parser))).await.unwrap_or_default();
            pages.extend(
                links.into_iter().filter(|url| host_of(url) == host && seen.insert(url.clone())),
            );
            fetched += 1;
        }
        pages
    }
}
