#![doc = include_str!("README.md")]

use std::{sync::Arc, time::Duration};

use sync::time;

use self::{checker::Demand, model::Model};
use crate::{Calls, Case, InputError, Log, Problem, Setup, Solution, Starts, Technique, Trial};

mod breach;
mod broken;
pub mod checker;
mod crawl;
mod input;
mod interface;
mod model;
mod shape;
mod site;
mod solutions;

pub use breach::Breach;
pub use crawl::{Answering, Crawl, answer, crawler, crawlers};
pub use input::{Input, read as read_input};
pub use interface::{AsyncHtmlParser, AsyncWebCrawler, HtmlParser, WebCrawler, host_of};
pub use model::{Act, Answer};
pub use shape::Shape;
pub use site::Site;

/// 1242.
pub const PROBLEM: Problem = Problem {
    number: 1242,
    slug: "web-crawler-multithreaded",
    nickname: "crawler",
    title: "Web Crawler Multithreaded",
    folder: "p1242_web_crawler_multithreaded",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: input::INPUT,
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["single", "link", "self-link", "repeated"],
    sized: input::sized,
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// A case called `$name` with the input `$input`.
macro_rules! case {
    ($name:literal, $input:literal) => {
        Case {
            name: $name,
            input: $input,
            starts: Starts::Together,
            snapshot: include_str!(concat!("snapshots/", $name, ".snap")),
        }
    };
}

/// Sites that end a crawl in different ways, then such as are wide, then everything together.
const CASES: &[Case] = &[
    case!("single", "single, 2 workers"),
    case!("link", "chain 2, 2 workers"),
    case!("self-link", "self-link, 2 workers"),
    case!("repeated", "repeated, 2 workers"),
    case!("pair", "star 2, 2 workers, 15 ms"),
    case!("pair-alone", "star 2, 1 worker"),
    case!("diamond", "diamond, 2 workers"),
    case!("cycle", "cycle 3, 3 workers"),
    case!("traps", "traps, 2 workers"),
    case!("example-1", "example 1, 2 workers"),
    case!("example-2", "example 2, 2 workers"),
    case!("chain", "chain 5, 3 workers, 15 ms"),
    case!("star", "star 8, 4 workers, 15 ms"),
    case!("broom", "broom 12, 3 workers, 15 ms"),
    case!("random", "random 30 seed 11, 3 workers, 15 ms"),
    case!("large", "random 250 seed 7, 4 workers"),
];

/// Registers a blocking solution.
pub const fn solution<S: WebCrawler>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncWebCrawler>(
    name: &'static str,
    idea: &'static str,
) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

fn prepare<S: WebCrawler>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    trial(setup, |calls, web| {
        calls.add("crawl", move |log, call| {
            let urls = S::new(web.workers).crawl(web.site.start(), web.model(log, call));
            log.end(call, web.answer(urls));
        });
    })
}

fn prepare_async<S: AsyncWebCrawler>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    trial(setup, |calls, web| {
        calls.add_async("crawl", move |log, call| async move {
            let crawler = S::new(web.workers);
            let urls = crawler.crawl(web.site.start(), web.model(&log, call)).await;
            log.end(call, web.answer(urls));
        });
    })
}

/// A trial with the one call that `add` makes.
fn trial(
    setup: &Setup<'_>,
    add: impl Fn(&mut Calls<'_, Act>, Web) + Send + Sync + 'static,
) -> Result<Trial, InputError> {
    let (input, starts) = (input::read(setup.input)?, setup.starts);
    let Input { workers, latency, .. } = input;
    let (site, demand) = (Arc::new(input.site.clone()), Demand::new(input));
    Ok(Trial::new(
        move |log| {
            let site = Arc::clone(&site);
            let latency = latency.filter(|_| time::keep());
            let mut calls = Calls::new(log);
            add(&mut calls, Web { site, workers, latency });
            calls.run(starts);
        },
        move |entries, extent| checker::check(&demand, entries, extent),
    ))
}

/// What one execution crawls.
struct Web {
    site: Arc<Site>,
    workers: usize,
    /// How long a fetch takes; no time where it is not virtual.
    latency: Option<Duration>,
}

impl Web {
    fn model(&self, log: &Log<Act>, call: usize) -> Arc<Model> {
        Arc::new(Model::new(Arc::clone(&self.site), log.clone(), call, self.latency))
    }

    fn answer(&self, urls: Vec<String>) -> Act {
        let elapsed = self.latency.and_then(|_| time::elapsed());
        Act::Answer(Answer { urls, elapsed })
    }
}
