//! A coordinator sends pages to workers and gets their links back. It alone knows what has been seen
//! and how many answers are still to come; when none are, it closes the channel of pages.

use std::{collections::HashSet, mem, sync::Arc};

use sync::{
    channel::{Receiver, Sender, unbounded},
    thread,
};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Coordinator {
    workers: usize,
}

/// A fetch under way, which is answered when it is dropped: with nothing if it has panicked.
struct Fetch<'a> {
    answers: &'a Sender<Vec<String>>,
    links: Vec<String>,
}

fn work(pages: &Receiver<String>, answers: &Sender<Vec<String>>, parser: &dyn HtmlParser) {
    for url in pages {
        let mut fetch = Fetch { answers, links: Vec::new() };
        fetch.links = parser.get_urls(&url);
    }
}

/// Sends out `start_url` and whatever is found, until every answer has come.
fn coordinate(
    start_url: &str,
    pages: &Sender<String>,
    answers: &Receiver<Vec<String>>,
) -> Vec<String> {
    let host = host_of(start_url);
    let mut seen = HashSet::new();
    let (mut new, mut pending) = (vec![start_url.to_owned()], 0);
    loop {
        for url in new.into_iter().filter(|url| host_of(url) == host) {
            // No worker is left if fetching has made every one of them panic.
            if seen.insert(url.clone()) && pages.send(url).is_ok() {
                pending += 1;
            }
        }
        if pending == 0 {
            return seen.into_iter().collect();
        }
        new = answers.recv().unwrap_or_default();
        pending -= 1;
    }
}

impl Drop for Fetch<'_> {
    fn drop(&mut self) {
        // Nobody listens once the crawl is over, and then nobody needs to.
        let _ = self.answers.send(mem::take(&mut self.links));
    }
}

impl WebCrawler for Coordinator {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    fn crawl(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> Vec<String> {
        let (pages, orders) = unbounded();
        let (answers, found) = unbounded();
        thread::scope(|scope| {
            for _ in 0..self.workers {
                let (orders, answers, parser) = (orders.clone(), answers.clone(), &*parser);
                scope.spawn(move || work(&orders, &answers, parser));
            }
            // Whoever keeps an end keeps the channel open.
            drop((orders, answers));
            let seen = coordinate(start_url, &pages, &found);
            drop(pages);
            seen
        })
    }
}
