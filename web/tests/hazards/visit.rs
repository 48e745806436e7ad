//! A crawl of a scripted site, and what can be claimed about it.

use std::{
    collections::BTreeMap,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use problems::p1242_web_crawler_multithreaded::crawler;
use web::{Crawled, Ending, Failure, Halt, Names, Page, Settings, crawl, start};

use crate::script::{Answers, Asked, Script, Step, html};

/// Where every crawl begins. Every other name leads to the same server, which would notice.
pub(crate) const HOST: &str = "site.test";

/// How long a crawl may take in all before it is taken to hang.
const PATIENCE: Duration = Duration::from_mins(1);

/// A crawl that has ended.
pub(crate) struct Visit {
    pub(crate) crawled: Crawled,
    pub(crate) asked: Vec<Asked>,
    pub(crate) elapsed: Duration,
}

/// Limits that no page of a scripted site should meet by accident, with short pauses.
pub(crate) fn settings() -> Settings {
    Settings {
        connections: 4,
        timeout: Duration::from_secs(20),
        read_timeout: Duration::from_secs(20),
        max_body: 1 << 20,
        backoff: Duration::from_millis(5),
        max_pause: Duration::from_millis(20),
        ..Settings::default()
    }
}

/// Limits for the sites that are slow on purpose.
pub(crate) fn impatient() -> Settings {
    let soon = Duration::from_millis(700);
    Settings { timeout: soon, read_timeout: soon, ..settings() }
}

/// Pages by path.
pub(crate) fn pages<const N: usize>(pages: [(&str, Vec<Step>); N]) -> Vec<(String, Answers)> {
    pages.into_iter().map(|(path, steps)| (path.to_owned(), vec![steps])).collect()
}

/// A site whose start links to `/bad` and then to `/good`, where `bad` is what happens at `/bad`.
pub(crate) fn around(bad: Vec<Step>) -> Vec<(String, Answers)> {
    pages([
        ("/", html("<a href=/bad>b</a><a href=/good>g</a>")),
        ("/bad", bad),
        ("/good", html("")),
    ])
}

impl Visit {
    /// Crawls a site with the solution of this name.
    pub(crate) fn with(name: &str, site: Vec<(String, Answers)>, settings: Settings) -> Self {
        let script = Script::start(site);
        let settings = Settings { names: Names::AllTo(script.address), ..settings };
        let solution = crawler(name).expect("it is listed");
        let (sender, receiver) = mpsc::channel();
        let begun = Instant::now();
        thread::spawn(move || {
            let home = start(&format!("http://{HOST}/")).expect("it is a URL");
            // Nobody may be left to hear it.
            drop(sender.send(crawl(&home, solution, settings, &Halt::default(), |_| {})));
        });
        let crawled = receiver.recv_timeout(PATIENCE).expect("the crawl ends, and does not panic");
        let crawled = crawled.expect("there are threads and sockets");
        Self { crawled, asked: script.asked(), elapsed: begun.elapsed() }
    }

    /// Crawls a site with an async solution.
    pub(crate) fn of(site: Vec<(String, Answers)>, settings: Settings) -> Self {
        Self::with("async", site, settings)
    }

    /// How it ended with the page at `path`.
    #[track_caller]
    pub(crate) fn ending(&self, path: &str) -> &Ending {
        &self.page(path).ending
    }

    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> &Page {
        let url = format!("http://{HOST}{path}");
        let page = self.crawled.pages.iter().find(|page| *page.url == *url);
        page.unwrap_or_else(|| panic!("{url} was not visited: {:?}", self.paths()))
    }

    /// Why the page at `path` could not be had.
    #[track_caller]
    pub(crate) fn failure(&self, path: &str) -> &Failure {
        match self.ending(path) {
            Ending::Failed(failure) => failure,
            ending => panic!("{path} ended with {ending:?}"),
        }
    }

    /// Asserts that the page at `path` could not be had, and why; and that `/good` could.
    #[track_caller]
    pub(crate) fn fails(&self, path: &str, is: impl Fn(&Failure) -> bool) {
        assert!(is(self.failure(path)), "{:?}", self.failure(path));
        assert_eq!(*self.ending("/good"), Ending::Read);
        self.stays();
    }

    /// Asserts that nothing was asked of another host.
    #[track_caller]
    pub(crate) fn stays(&self) {
        let foreign: Vec<&Asked> = self.asked.iter().filter(|asked| asked.host != HOST).collect();
        assert!(foreign.is_empty(), "asked elsewhere: {foreign:?}");
    }

    /// Asserts that exactly these paths were asked for, each once, besides robots.txt.
    #[track_caller]
    pub(crate) fn asked_once(&self, paths: &[&str]) {
        let expected: BTreeMap<String, usize> =
            paths.iter().map(|path| ((*path).to_owned(), 1)).collect();
        assert_eq!(self.paths(), expected);
        self.stays();
    }

    /// How often each path was asked for, besides robots.txt.
    pub(crate) fn paths(&self) -> BTreeMap<String, usize> {
        let mut paths = BTreeMap::new();
        for asked in self.asked.iter().filter(|asked| asked.path != "/robots.txt") {
            *paths.entry(asked.path.clone()).or_default() += 1;
        }
        paths
    }
}
