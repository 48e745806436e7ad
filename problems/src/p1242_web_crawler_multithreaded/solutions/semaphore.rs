//! A task for each page. One semaphore has a permit for each fetch that may be under way, the other
//! gets one for each answer, so that the crawl knows when there is something to read.

use std::{collections::HashSet, mem, sync::Arc};

use sync::{Mutex, Semaphore, thread};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// Where answers are left.
pub(super) struct Desk {
    may_fetch: Semaphore,
    answered: Semaphore,
    answers: Mutex<Vec<Vec<String>>>,
}

/// A fetch under way, which is answered when it is dropped: with nothing if it has panicked.
struct Fetch<'a> {
    desk: &'a Desk,
    links: Vec<String>,
}

impl Desk {
    fn fetch(&self, url: &str, parser: &dyn HtmlParser) {
        let mut fetch = Fetch { desk: self, links: Vec::new() };
        fetch.links = parser.get_urls(url);
    }

    fn next_answer(&self) -> Vec<String> {
        self.answered.acquire();
        self.answers.lock().pop().expect("a permit is an answer")
    }
}

impl Drop for Fetch<'_> {
    fn drop(&mut self) {
        self.desk.answers.lock().push(mem::take(&mut self.links));
        self.desk.answered.release();
        self.desk.may_fetch.release();
    }
}

impl WebCrawler for Desk {
    fn new(workers: usize) -> Self {
        let (may_fetch, answered) = (Semaphore::new(workers), Semaphore::new(0));
        Self { may_fetch, answered, answers: Mutex::new(Vec::new()) }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let (host, parser) = (host_of(start_url), &*parser);
        let mut pages = vec![start_url.to_owned()];
        let mut seen = HashSet::from([start_url.to_owned()]);
        thread::scope(|scope| {
            let mut asked = 0;
            // As many answers are read as pages are asked for, and an answer may bring pages.
            for answered in 0.. {
                while let Some(url) = pages.get(asked).cloned() {
                    self.may_fetch.acquire();
                    scope.spawn(move || self.fetch(&url, parser));
                    asked += 1;
                }
                if answered == asked {
                    break;
                }
                let links = self.next_answer().into_iter();
                pages.extend(links.filter(|url| host_of(url) == host && seen.insert(url.clone())));
            }
        });
        pages
    }
}
