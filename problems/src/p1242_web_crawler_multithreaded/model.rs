//! The web as the harness plays it: both parsers over a site, with each fetch in the log.

use std::{
    fmt,
    future::{Future, poll_fn},
    mem,
    pin::Pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use sync::{future::sleep, task, thread};

use super::{AsyncHtmlParser, HtmlParser, Site};
use crate::Log;

/// What the log tells of a crawl.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The page at this URL is fetched.
    Fetch(Arc<str>),
    /// The crawl has returned.
    Answer(Answer),
}

/// What a crawl came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it returned.
    pub urls: Vec<String>,
    /// How much virtual time it took, where that is kept and fetches take some.
    pub elapsed: Option<Duration>,
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(url) => write!(f, "fetch of {url}"),
            // It reads on with "ends".
            Self::Answer(answer) => {
                write!(f, "call, with {} found,", Count(answer.urls.len(), "page"))
            }
        }
    }
}

/// So many of something.
pub(super) struct Count(pub(super) usize, pub(super) &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, what) = self;
        let plural = if *count == 1 { "" } else { "s" };
        write!(f, "{count} {what}{plural}")
    }
}

/// A site that is fetched from.
pub(super) struct Model {
    site: Arc<Site>,
    log: Log<Act>,
    call: usize,
    latency: Option<Duration>,
}

impl Model {
    /// `site`, fetched from by call number `call`; a fetch takes `latency` of virtual time.
    pub(super) fn new(
        site: Arc<Site>,
        log: Log<Act>,
        call: usize,
        latency: Option<Duration>,
    ) -> Self {
        Self { site, log, call, latency }
    }

    fn begin(&self, url: &str) -> Act {
        let page = self.site.number(url).map(|page| Arc::clone(&self.site.urls()[page]));
        let fetch = Act::Fetch(page.unwrap_or_else(|| url.into()));
        self.log.begin(self.call, fetch.clone());
        fetch
    }

    fn end(&self, url: &str, fetch: Act) -> Vec<String> {
        self.log.end(self.call, fetch);
        self.site.links(url).map(str::to_owned).collect()
    }
}

impl HtmlParser for Model {
    fn get_urls(&self, url: &str) -> Vec<String> {
        let fetch = self.begin(url);
        if let Some(latency) = self.latency {
            thread::sleep(latency);
        }
        self.end(url, fetch)
    }
}

impl AsyncHtmlParser for Model {
    fn get_urls<'a>(
        &'a self,
        url: &'a str,
    ) -> Pin<Box<dyn Future<Output = Vec<String>> + Send + 'a>> {
        Box::pin(async move {
            let fetch = self.begin(url);
            match self.latency {
                // A task of its own sleeps: whoever awaits the page may await others meanwhile.
                Some(latency) => drop(task::spawn(sleep(latency)).await),
                None => pend_once().await,
            }
            self.end(url, fetch)
        })
    }
}

/// Is pending when it is polled for the first time, as a request that has just been sent.
fn pend_once() -> impl Future<Output = ()> {
    let mut progress = Poll::Pending;
    poll_fn(move |context| {
        context.waker().wake_by_ref();
        mem::replace(&mut progress, Poll::Ready(()))
    })
}
