//! Broken: the links of one page are fetched together, and nothing else until the last of them has
//! been. Where pages have fewer links than there are workers, some never have anything to do.

use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

use sync::{future::Semaphore, task};

use crate::p1242_web_crawler_multithreaded::{AsyncHtmlParser, AsyncWebCrawler, host_of};

/// A permit for each fetch that may be under way.
pub(super) struct Families {
    may_fetch: Arc<Semaphore>,
}

async fn fetch(
    url: String,
    may_fetch: Arc<Semaphore>,
    parser: Arc<dyn AsyncHtmlParser>,
) -> Vec<String> {
    let _permit = may_fetch.acquire().await.expect("nobody closes the semaphore");
    parser.get_urls(&url).await
}

impl AsyncWebCrawler for Families {
    fn new(workers: usize) -> Self {
        Self { may_fetch: Arc::new(Semaphore::new(workers)) }
    }

    async fn crawl(&self, start_url: &str, parser: Arc<dyn AsyncHtmlParser>) -> Vec<String> {
        let host = host_of(start_url);
        let mut seen = HashSet::new();
        let mut families = VecDeque::from([vec![start_url.to_owned()]]);
        while let Some(family) = families.pop_front() {
            let new = family.into_iter().filter(|url| host_of(url) == host);
            let new: Vec<_> = new.filter(|url| seen.insert(url.clone())).collect();
            let begin = |url| task::spawn(fetch(url, self.may_fetch.clone(), parser.clone()));
            for page in new.into_iter().map(begin).collect::<Vec<_>>() {
                families.push_back(page.await.unwrap_or_default());
            }
        }
        seen.into_iter().collect()
    }
}
