//! Solutions as a real crawler runs them: on any parser, with nobody judging.

use std::{future::Future, pin::Pin, sync::Arc};

use super::{
    AsyncHtmlParser, AsyncWebCrawler, HtmlParser, WebCrawler, async_solution, broken::WRONG,
    solution, solutions::LISTED,
};
use crate::{Broken, Fault, Solution, Technique};

/// A solution as the real crawler runs it.
#[derive(Clone, Copy, Debug)]
pub enum Crawl {
    /// Gets how many may fetch at a time, where to start, and where pages come from.
    Blocking(fn(usize, &str, Arc<dyn HtmlParser>) -> Vec<String>),
    /// The same, to be awaited in a Tokio runtime.
    Async(fn(usize, String, Arc<dyn AsyncHtmlParser>) -> Answering),
}

/// The pages to come.
pub type Answering = Pin<Box<dyn Future<Output = Vec<String>> + Send>>;

/// A solution as the judge runs it, and as the real crawler does.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    pub(super) solution: Solution,
    pub(super) crawl: Crawl,
}

/// The same of a wrong answer, with the verdict it must get.
#[derive(Clone, Copy)]
pub(super) struct Wrong {
    broken: Broken,
    crawl: Crawl,
}

impl Listed {
    /// Lists the solution as a wrong one: see [`Solution::must_get`].
    pub(super) const fn must_get(self, fault: Fault, case: &'static str) -> Wrong {
        Wrong { broken: self.solution.must_get(fault, case), crawl: self.crawl }
    }
}

/// Lists a blocking solution.
pub(super) const fn listed<S: WebCrawler>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Listed {
    let crawl =
        Crawl::Blocking(|workers, start_url, parser| S::new(workers).crawl(start_url, parser));
    Listed { solution: solution::<S>(name, technique, idea), crawl }
}

/// Lists an async solution.
pub(super) const fn async_listed<S: AsyncWebCrawler>(
    name: &'static str,
    idea: &'static str,
) -> Listed {
    let crawl = Crawl::Async(|workers, start_url, parser| {
        Box::pin(async move { S::new(workers).crawl(&start_url, parser).await })
    });
    Listed { solution: async_solution::<S>(name, idea), crawl }
}

/// The accepted solution called `name`, ready to crawl.
pub fn crawler(name: &str) -> Option<Crawl> {
    LISTED.iter().find(|listed| listed.solution.name == name).map(|listed| listed.crawl)
}

/// The solution or the wrong answer called `name`: a judge runs either on any parser.
pub fn answer(name: &str) -> Option<Crawl> {
    let is_called = |wrong: &&Wrong| wrong.broken.solution.name == name;
    crawler(name).or_else(|| WRONG.iter().find(is_called).map(|wrong| wrong.crawl))
}

/// What the accepted solutions are called.
pub fn crawlers() -> impl Iterator<Item = &'static str> {
    LISTED.iter().map(|listed| listed.solution.name)
}

/// The solutions alone, as the judge wants them.
pub(super) const fn solutions<const N: usize>(listed: &[Listed; N]) -> [Solution; N] {
    let mut solutions = [listed[0].solution; N];
    let mut index = 0;
    while index < N {
        solutions[index] = listed[index].solution;
        index += 1;
    }
    solutions
}

/// The wrong answers alone.
pub(super) const fn wrong<const N: usize>(wrong: &[Wrong; N]) -> [Broken; N] {
    let mut answers = [wrong[0].broken; N];
    let mut index = 0;
    while index < N {
        answers[index] = wrong[index].broken;
        index += 1;
    }
    answers
}
