//! 1242 from outside: against an oracle, and as a crawler that nobody judges.

use std::{
    collections::{BTreeSet, HashSet},
    future::{Future, poll_fn, ready},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use judge::{
    EngineKind, Input, Judge,
    problems::p1242_web_crawler_multithreaded::{
        AsyncHtmlParser, AsyncWebCrawler, Crawl, HtmlParser, PROBLEM, Shape, Site, async_solution,
        crawler, crawlers, host_of,
    },
};
use sync::{task, thread};

use crate::catalogue::told;

/// Every page that a crawl of `site` must find, one after the other.
fn oracle(site: &Site) -> BTreeSet<String> {
    let host = |url: &str| url.split('/').nth(2).map(str::to_owned);
    let mut found = BTreeSet::new();
    let mut waiting = vec![site.start()];
    while let Some(url) = waiting.pop() {
        if host(url) == host(site.start()) && found.insert(url.to_owned()) {
            waiting.extend(site.links(url));
        }
    }
    found
}

/// A site without a harness, in which fetching the page at `bad` panics.
struct Free {
    site: Site,
    bad: Option<&'static str>,
}

impl HtmlParser for Free {
    fn get_urls(&self, url: &str) -> Vec<String> {
        assert_ne!(self.bad, Some(url), "this page cannot be fetched");
        self.site.links(url).map(str::to_owned).collect()
    }
}

impl AsyncHtmlParser for Free {
    fn get_urls<'a>(
        &'a self,
        url: &'a str,
    ) -> Pin<Box<dyn Future<Output = Vec<String>> + Send + 'a>> {
        Box::pin(ready(HtmlParser::get_urls(self, url)))
    }
}

/// What the solution called `name` finds with nobody in control.
fn found(name: &str, workers: usize, free: Free) -> Vec<String> {
    let start = free.site.start().to_owned();
    match crawler(name).expect("the name is a solution's") {
        Crawl::Blocking(crawl) => crawl(workers, &start, Arc::new(free)),
        Crawl::Async(crawl) => task::block_on(crawl(workers, start, Arc::new(free))),
    }
}

/// A crawler without tasks: it polls its fetches by hand, all in the one task that it is called in.
struct ByHand {
    workers: usize,
}

type Fetch = Pin<Box<dyn Future<Output = Vec<String>> + Send>>;

/// The first that is ready, taken from the others.
async fn first(fetches: &mut Vec<Fetch>) -> Vec<String> {
    poll_fn(|context| {
        for index in 0..fetches.len() {
            if let Poll::Ready(links) = fetches[index].as_mut().poll(context) {
                drop(fetches.swap_remove(index));
                return Poll::Ready(links);
            }
        }
        Poll::Pending
    })
    .await
}

impl AsyncWebCrawler for ByHand {
    fn new(workers: usize) -> Self {
        Self { workers }
    }

    async fn crawl(&self, start_url: &str, parser: Arc<dyn AsyncHtmlParser>) -> Vec<String> {
        let host = host_of(start_url);
        let mut waiting = vec![start_url.to_owned()];
        let mut seen: HashSet<String> = waiting.iter().cloned().collect();
        let mut fetches: Vec<Fetch> = Vec::new();
        loop {
            while fetches.len() < self.workers
                && let Some(url) = waiting.pop()
            {
                let parser = Arc::clone(&parser);
                fetches.push(Box::pin(async move { parser.get_urls(&url).await }));
            }
            if fetches.is_empty() {
                return seen.into_iter().collect();
            }
            let links = first(&mut fetches).await.into_iter();
            waiting.extend(links.filter(|url| host_of(url) == host && seen.insert(url.clone())));
        }
    }
}

#[test]
fn fetches_that_one_task_polls_by_hand_are_concurrent() {
    let by_hand = async_solution::<ByHand>("by-hand", "polls its fetches itself");
    Judge { executions: 1000, ..Judge::default() }.assert_accepted(&PROBLEM, &by_hand);
}

#[test]
fn a_thousand_random_sites_are_crawled_as_by_the_oracle() {
    for seed in 0..1000 {
        let (pages, workers) = (1 + seed % 40, 1 + seed % 5);
        let input = Input::own(&format!("random {pages} seed {seed}, {workers} workers, 15 ms"));
        let oracle = oracle(&Shape::Random { pages, seed: seed as u64 }.site());
        let oracle = oracle.into_iter().collect::<Vec<_>>().join("\n");
        let judge = Judge { executions: 1, inputs: vec![input], ..Judge::default() };
        for solution in PROBLEM.solutions {
            let judgement = judge.judge(&PROBLEM, solution, EngineKind::Controlled);
            assert!(judgement.verdict.is_accepted(), "{}", told(&judgement));
            let outputs = &judgement.cases[0].outputs.seen;
            assert_eq!(outputs[0].text, oracle, "{}, seed {seed}", solution.name);
        }
    }
}

#[test]
fn every_solution_crawls_with_nobody_in_control() {
    let names: Vec<_> = PROBLEM.solutions.iter().map(|solution| solution.name).collect();
    assert_eq!(crawlers().collect::<Vec<_>>(), names);
    for (name, seed) in crawlers().flat_map(|name| (0..5).map(move |seed| (name, seed))) {
        let site = Shape::Random { pages: 200, seed }.site();
        let oracle = oracle(&site);
        let mut found = found(name, 4, Free { site, bad: None });
        found.sort();
        assert_eq!(found, oracle.into_iter().collect::<Vec<_>>(), "{name}, seed {seed}");
    }
}

#[test]
fn a_page_that_cannot_be_fetched_does_not_stop_the_others() {
    for name in crawlers() {
        let free = Free { site: Shape::Star(8).site(), bad: Some("http://site.test/3") };
        let crawl = thread::spawn(move || found(name, 2, free));
        // It ends, with the other pages or with the panic.
        if let Ok(found) = crawl.join() {
            assert_eq!(found.len(), 9, "{name}");
        }
    }
}

#[test]
fn no_one_has_heard_of_a_broken_crawler() {
    assert!(PROBLEM.broken.iter().all(|broken| crawler(broken.solution.name).is_none()));
}
