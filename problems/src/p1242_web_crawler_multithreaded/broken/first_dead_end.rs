//! Broken: the coordinator takes the first answer without a new page for the end of the crawl, and
//! goes. A worker that has fetched another page meanwhile finds nobody to give its links to.

use std::{collections::HashSet, sync::Arc};

use sync::{
    channel::{Receiver, Sender, unbounded},
    thread,
};

use crate::p1242_web_crawler_multithreaded::{HtmlParser, WebCrawler, host_of};

/// So many workers.
pub(super) struct Coordinator {
    workers: usize,
}

fn work(pages: &Receiver<String>, answers: &Sender<Vec<String>>, parser: &dyn HtmlParser) {
    for url in pages {
        answers.send(parser.get_urls(&url)).expect("the coordinator receives");
    }
}

/// Sends out `start_url` and whatever is found, until an answer brings nothing new.
fn coordinate(
    start_url: &str,
    pages: &Sender<String>,
    answers: &Receiver<Vec<String>>,
) -> Vec<String> {
    let host = host_of(start_url);
    let mut seen = HashSet::new();
    let mut new = vec![start_url.to_owned()];
    loop {
        let mut is_over = true;
        for url in new.into_iter().filter(|url| host_of(url) == host) {
            if seen.insert(url.clone()) {
                pages.send(url).expect("the workers receive");
                is_over = false;
            }
        }
        if is_over {
            return seen.into_iter().collect();
        }
        new = answers.recv().expect("the workers answer");
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
            drop((pages, found));
            seen
        })
    }
}
