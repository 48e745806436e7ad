//! Trials of 1242's solutions through real sockets. Solutions, log and checker are those of the
//! model; pages come from a server, which counts the requests: what was fetched exactly once was
//! asked for exactly once.

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    io,
    pin::Pin,
    sync::{Arc, mpsc},
    time::Duration,
};

use problems::{
    Calls, Extent, Grade, InputError, Log, Starts, Trial, Violation,
    p1242_web_crawler_multithreaded::{
        Act, Answer as Found, AsyncHtmlParser, Crawl, HtmlParser, Input, Site, answer, checker,
        read_input,
    },
};
use sync::future::sleep;
use thiserror::Error;
use tokio::task::JoinHandle;
use url::Url;

use crate::{
    Failure, Names, Settings,
    address::Link,
    fetch::{Answer, Fetcher, Wanted},
    html::{self, Readers, Source},
    network::Network,
    site::{Links, SiteServer},
};

/// How long a page of the loopback may take before something is wrong with the machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the server saw and the log did not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
enum Unlogged {
    /// Two requests for one fetch.
    #[error("the server was asked for {url} {times} times")]
    Repeated {
        /// The page.
        url: String,
        /// How often.
        times: usize,
    },
    /// A request that no fetch made, or none where there was one.
    #[error("the server was asked for {asked} pages, and {fetched} were fetched")]
    Others {
        /// By the server's count.
        asked: usize,
        /// By the log's.
        fetched: usize,
    },
}

/// A trial of the solution, or of the wrong answer, called `solution` on `input`, over HTTP.
///
/// # Errors
///
/// If there is no such solution, the problem forbids the input, or two of its pages are one to HTTP.
pub fn trial(solution: &str, input: &str) -> Result<Trial, InputError> {
    let crawl = answer(solution)
        .ok_or_else(|| InputError(format!("{solution} is not judged over HTTP")))?;
    let input = servable(input)?;
    let web = Web::serve(&input).map_err(|error| InputError(error.to_string()))?;
    let (web, workers) = (Arc::new(web), input.workers);
    let (served, start) = (Arc::clone(&web), input.site.start().to_owned());
    // Time is not virtual here.
    let demand = checker::Demand::new(Input { latency: None, ..input });
    Ok(Trial::new(
        move |log| {
            web.server.stats().clear();
            let mut calls = Calls::new(log);
            add(&mut calls, crawl, workers, &start, &web);
            calls.run(Starts::Together);
        },
        move |entries, extent| {
            let urls = checker::check(&demand, entries, extent)?;
            if extent == Extent::Whole {
                agree(&served.server.stats().requests(), urls.lines().count())
                    .map_err(|error| Violation::wrong_answer(&error, Grade::LeetCode))?;
            }
            Ok(urls)
        },
    ))
}

/// Reads `input`, if a server can tell its pages apart.
///
/// # Errors
///
/// If the problem forbids it, or two of its pages are one to HTTP: a host with a slash and without.
pub fn servable(input: &str) -> Result<Input, InputError> {
    let input = read_input(input)?;
    let mut seen = HashMap::new();
    for url in input.site.urls() {
        if let Some(other) = seen.insert(wire(url), url) {
            let message = format!("{other} and {url} are one page to HTTP");
            return Err(InputError(message));
        }
    }
    Ok(input)
}

/// The URL as it is sent.
fn wire(url: &str) -> Option<Url> {
    Url::parse(url).ok()
}

/// That the server was asked as often as the log says.
fn agree(requests: &BTreeMap<String, usize>, fetched: usize) -> Result<(), Unlogged> {
    if let Some((url, &times)) = requests.iter().find(|(_, times)| **times > 1) {
        return Err(Unlogged::Repeated { url: url.clone(), times });
    }
    match requests.len() {
        asked if asked == fetched => Ok(()),
        asked => Err(Unlogged::Others { asked, fetched }),
    }
}

/// Adds the one call there is.
fn add(calls: &mut Calls<'_, Act>, crawl: Crawl, workers: usize, start: &str, web: &Arc<Web>) {
    let (web, start) = (Arc::clone(web), start.to_owned());
    let found = |urls| Act::Answer(Found { urls, elapsed: None });
    match crawl {
        Crawl::Blocking(crawl) => calls.add("crawl", move |log, call| {
            let parser = Logged { web, log: log.clone(), call };
            log.end(call, found(crawl(workers, &start, Arc::new(parser))));
        }),
        Crawl::Async(crawl) => calls.add_async("crawl", move |log, call| async move {
            let parser = Logged { web, log: log.clone(), call };
            log.end(call, found(crawl(workers, start, Arc::new(parser)).await));
        }),
    }
}

/// A site that is served, and how to fetch from it.
struct Web {
    server: SiteServer,
    network: Network,
    fetcher: Arc<Fetcher>,
    settings: Settings,
    /// What the site calls a page, by what is sent.
    names: Arc<HashMap<String, Arc<str>>>,
}

impl Web {
    fn serve(input: &Input) -> io::Result<Self> {
        let server = SiteServer::start(|_| pages(&input.site), Links::Wild, Duration::ZERO)?;
        let settings = Settings {
            connections: input.workers,
            names: Names::AllTo(server.address()),
            ..Settings::default()
        };
        let fetcher = Fetcher::new(Arc::new(settings)).map_err(io::Error::other)?;
        let name = |url: &Arc<str>| Some((wire(url)?.into(), Arc::clone(url)));
        let names = Arc::new(input.site.urls().iter().filter_map(name).collect());
        let fetcher = Arc::new(fetcher);
        Ok(Self { server, network: Network::start()?, fetcher, settings, names })
    }

    /// Begins to fetch the links at `url`.
    fn fetch(&self, url: &str) -> JoinHandle<Vec<String>> {
        let (fetcher, names) = (Arc::clone(&self.fetcher), Arc::clone(&self.names));
        let (url, settings) = (wire(url), self.settings);
        self.network.handle().spawn(async move {
            let Some(url) = url else { return Vec::new() };
            let (bytes, charset) = match fetcher.get(&url, Wanted::Html).await.answer {
                Ok(Answer::Body { bytes, charset }) => (bytes, charset),
                // A page of another host that nobody serves.
                Err(Failure::Status(404)) => return Vec::new(),
                other => panic!("the loopback fails: {other:?}"),
            };
            let known = Arc::new(|_: &str| None);
            let source = Source { url, bytes, charset, known };
            let reading = html::read(source, Readers::default(), settings.parse_timeout).await;
            let name = |link: Link| match link {
                Link::Known(url) => String::from(&*url),
                Link::New(url) => match names.get(url.as_str()) {
                    Some(name) => String::from(&**name),
                    None => url.into(),
                },
            };
            reading.links.into_iter().map(name).collect()
        })
    }
}

/// The pages of `site`, as they are served.
fn pages(site: &Site) -> Vec<(Url, Vec<Url>)> {
    let page = |url: &Arc<str>| Some((wire(url)?, site.links(url).filter_map(wire).collect()));
    site.urls().iter().filter_map(page).collect()
}

/// Both parsers over a site that is served, with each fetch in the log.
struct Logged {
    web: Arc<Web>,
    log: Log<Act>,
    call: usize,
}

impl Logged {
    fn end(&self, url: &str, links: Option<Vec<String>>) -> Vec<String> {
        self.log.end(self.call, Act::Fetch(url.into()));
        links.expect("the loopback does not fail")
    }
}

impl HtmlParser for Logged {
    fn get_urls(&self, url: &str) -> Vec<String> {
        self.log.begin(self.call, Act::Fetch(url.into()));
        let fetch = self.web.fetch(url);
        let (sender, receiver) = mpsc::sync_channel(1);
        self.web.network.handle().spawn(async move {
            // Nobody may be waiting any more.
            let _ = sender.send(fetch.await.ok());
        });
        self.end(url, receiver.recv().ok().flatten())
    }
}

impl AsyncHtmlParser for Logged {
    fn get_urls<'a>(
        &'a self,
        url: &'a str,
    ) -> Pin<Box<dyn Future<Output = Vec<String>> + Send + 'a>> {
        Box::pin(async move {
            self.log.begin(self.call, Act::Fetch(url.into()));
            // An engine that sees nobody move has to know that this wait ends by itself: a sleep that
            // is under way says so.
            let links = tokio::select! {
                biased;
                () = sleep(PATIENCE) => None,
                links = self.web.fetch(url) => links.ok(),
            };
            self.end(url, links)
        })
    }
}
