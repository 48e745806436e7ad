//! What a solution of 1242 implements: one of the two crawlers. What it crawls is a parser.

use std::{future::Future, pin::Pin, sync::Arc};

/// Where pages come from. Called from any task.
pub trait HtmlParser: Send + Sync {
    /// The links on the page at `url`, as they stand there. Blocks as a request would.
    fn get_urls(&self, url: &str) -> Vec<String>;
}

/// Where pages come from, for async solutions. Called from any task.
pub trait AsyncHtmlParser: Send + Sync {
    /// The links on the page at `url`, as they stand there. Takes as long as a request would.
    fn get_urls<'a>(
        &'a self,
        url: &'a str,
    ) -> Pin<Box<dyn Future<Output = Vec<String>> + Send + 'a>>;
}

/// A blocking solution, in the style of `LeetCode`'s signatures. It begins its own tasks.
pub trait WebCrawler: Send + Sync + 'static {
    /// A crawler that fetches at most `workers` pages at the same time; at least 1.
    fn new(workers: usize) -> Self;

    /// All pages on the host of `start_url` that can be reached from it, each once, in any order.
    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String>;
}

/// An async solution. It begins its own async tasks.
pub trait AsyncWebCrawler: Send + Sync + 'static {
    /// A crawler that fetches at most `workers` pages at the same time; at least 1.
    fn new(workers: usize) -> Self;

    /// All pages on the host of `start_url` that can be reached from it, each once, in any order.
    fn crawl(
        &self,
        start_url: &str,
        parser: Arc<dyn AsyncHtmlParser>,
    ) -> impl Future<Output = Vec<String>> + Send;
}

/// The host in `url`: what stands between `://` and the next `/`, `?` or `#`, or the end.
///
/// ```
/// use problems::p1242_web_crawler_multithreaded::host_of;
///
/// assert_eq!(host_of("http://news.yahoo.com/us"), "news.yahoo.com");
/// assert_eq!(host_of("http://yahoo.com.evil.org"), "yahoo.com.evil.org");
/// ```
pub fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
