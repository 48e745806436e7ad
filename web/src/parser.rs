//! The web, as solutions of problem 1242 see it: each page a list of links, and only those that are
//! to be followed. Whatever the limit, every solution keeps it, since it never hears of the rest.

use std::{
    collections::HashSet,
    fmt,
    future::Future,
    io,
    pin::Pin,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use problems::p1242_web_crawler_multithreaded::{AsyncHtmlParser, HtmlParser};
use tokio::{sync::OnceCell, task::yield_now, time::sleep};
use url::Url;

use crate::{
    Ending, Failure, Halt, LeftOut, Page, Settings,
    address::{self, Link},
    book::{Book, Place, Step},
    fetch::{Answer, Fetched, Fetcher, Wanted},
    html::{self, Known, Readers, Reading, Source},
    network::Network,
    robots::Rules,
    settings::RobotsRule,
};

/// Fetches and reads the pages of one host, and remembers what became of each.
///
/// Blocking and async solutions ask the same client, which lives on a thread of its own.
pub struct WebParser {
    network: Network,
    web: Arc<Web>,
}

/// What a visit to a page needs.
struct Web {
    fetcher: Fetcher,
    settings: Arc<Settings>,
    home: Url,
    rules: OnceCell<Rules>,
    book: Arc<Mutex<Book>>,
    /// What is in the book.
    known: Known,
    halt: Halt,
    readers: Readers,
    watch: Box<dyn Fn(&Page) + Send + Sync>,
}

/// What a visit found: what the page's record lacks.
struct Visit {
    status: Option<u16>,
    links: Vec<Arc<str>>,
    bytes: usize,
    ending: Ending,
}

impl WebParser {
    /// A parser for the host of `home`, which tells `watch` of each page as it comes.
    ///
    /// # Errors
    ///
    /// If the system has no more threads or sockets.
    pub fn new(
        home: Url,
        settings: Settings,
        halt: Halt,
        watch: impl Fn(&Page) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::with_readers(Readers::default(), home, settings, halt, watch)
    }

    /// A parser that finds the links of pages with `readers`.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_readers(
        readers: Readers,
        home: Url,
        settings: Settings,
        halt: Halt,
        watch: impl Fn(&Page) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let settings = Arc::new(settings);
        let book = Arc::new(Mutex::new(Book::new(home.clone())));
        let known = Arc::clone(&book);
        let web = Web {
            fetcher: Fetcher::new(Arc::clone(&settings)).map_err(io::Error::other)?,
            settings,
            rules: OnceCell::new(),
            book,
            known: Arc::new(move |url| known.lock().known(url)),
            home,
            halt,
            readers,
            watch: Box::new(watch),
        };
        Ok(Self { network: Network::start()?, web: Arc::new(web) })
    }

    /// What became of the pages so far, in the order they came, and of the links that were not
    /// followed.
    pub fn report(&self) -> (Vec<Page>, LeftOut) {
        self.web.book.lock().report()
    }

    /// The time between two requests that robots.txt asks for, if it has been read and does.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.web.rules.get().and_then(Rules::delay)
    }

    /// How many URLs have been found so far.
    pub fn found(&self) -> usize {
        self.web.book.lock().found()
    }

    /// The URLs that have been found so far, in no order.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.web.book.lock().urls()
    }

    /// Does something, a while after the crawl has been ended early.
    pub(crate) fn when_halted(&self, after: Duration, act: impl FnOnce() + Send + 'static) {
        let halt = self.web.halt.clone();
        self.network.handle().spawn(async move {
            halt.raised().await;
            sleep(after).await;
            act();
        });
    }

    /// A visit on the network's thread, if the page may be asked for.
    fn begin(&self, url: &str) -> Option<(impl Future<Output = Page> + use<>, Place)> {
        let web = Arc::clone(&self.web);
        if web.halt.is_raised() {
            return None;
        }
        let place = web.book.lock().ask(url)?;
        let url: Arc<str> = Arc::from(url);
        Some((async move { web.visit(url, place).await }, place))
    }
}

impl HtmlParser for WebParser {
    fn get_urls(&self, url: &str) -> Vec<String> {
        let Some((visit, place)) = self.begin(url) else { return Vec::new() };
        let (sender, receiver) = mpsc::sync_channel(1);
        // A runtime cannot be waited for from a thread of another; a channel can. It is closed by a
        // visit that panics.
        self.network.handle().spawn(async move {
            // Nobody may be waiting any more.
            let _ = sender.send(visit.await);
        });
        self.web.end(url, place, receiver.recv().ok())
    }
}

impl AsyncHtmlParser for WebParser {
    fn get_urls<'a>(
        &'a self,
        url: &'a str,
    ) -> Pin<Box<dyn Future<Output = Vec<String>> + Send + 'a>> {
        Box::pin(async move {
            let Some((visit, place)) = self.begin(url) else { return Vec::new() };
            let visit = self.network.handle().spawn(visit);
            self.web.end(url, place, visit.await.ok())
        })
    }
}

impl Web {
    /// Fetches and reads a page, unless the crawl ends before.
    async fn visit(&self, url: Arc<str>, place: Place) -> Page {
        let begun = Instant::now();
        let visit = tokio::select! {
            visit = self.read(&url, place) => visit,
            () = self.halt.raised() => Visit::failed(Failure::Stopped),
        };
        let Visit { status, links, bytes, ending } = visit;
        let elapsed = begun.elapsed();
        Page { url, depth: place.depth, status, links, bytes, elapsed, ending }
    }

    async fn read(&self, text: &str, place: Place) -> Visit {
        let Ok(url) = Url::parse(text) else { return Visit::failed(Failure::Nowhere) };
        let rules = self.rules.get_or_init(|| self.rules()).await;
        // All others have been looked at when they were found.
        if place == Place::default()
            && let Some(failure) = rules.forbid(&url)
        {
            return Visit::failed(failure);
        }
        let Fetched { status, answer } = self.fetcher.get(&url, Wanted::Html).await;
        let visit = match answer {
            Ok(Answer::Body { bytes, charset }) => {
                // Whoever waits for a connection asks first; there is time to read while the answer comes.
                yield_now().await;
                let known = Arc::clone(&self.known);
                self.links(Source { url, bytes, charset, known }, rules).await
            }
            Ok(Answer::Redirect(to)) => self.redirect(&url, place, &to, rules).await,
            Ok(Answer::Other(kind)) => Visit::without_links(Ending::NotHtml(kind)),
            Err(failure) => Visit::failed(failure),
        };
        Visit { status, ..visit }
    }

    async fn rules(&self) -> Rules {
        let rules = match self.settings.robots {
            RobotsRule::Honour => Rules::fetch(&self.fetcher, &self.home).await,
            RobotsRule::Ignore => Rules::none(),
        };
        if let Some(delay) = rules.delay() {
            self.fetcher.slow_down(delay.min(self.settings.max_crawl_delay));
        }
        rules
    }

    async fn links(&self, source: Source, rules: &Rules) -> Visit {
        let (bytes, from) = (source.bytes.len(), source.url.clone());
        let Reading { links, ending } =
            html::read(source, self.readers, self.settings.parse_timeout).await;
        let links = self.take(from.as_str(), Step::Link, &links, rules).await;
        Visit { status: None, links, bytes, ending }
    }

    async fn redirect(&self, from: &Url, place: Place, to: &str, rules: &Rules) -> Visit {
        let Some(to) = address::join(from, to) else { return Visit::failed(Failure::Nowhere) };
        if !address::is_same_site(&to, &self.home) {
            return Visit::failed(Failure::Elsewhere(to.into()));
        }
        let redirected = self.book.lock().redirect(from.as_str(), place, &to);
        if let Err(failure) = redirected {
            return Visit::failed(failure);
        }
        let links = self.take(from.as_str(), Step::Redirect, &[Link::New(to.clone())], rules).await;
        Visit { links, ..Visit::without_links(Ending::Redirect(to.into())) }
    }

    async fn take(&self, from: &str, step: Step, links: &[Link], rules: &Rules) -> Vec<Arc<str>> {
        let mut forbidden = HashSet::new();
        if !rules.allow_all() {
            let new = self.book.lock().new_of(links);
            forbidden = rules.forbidden(new, self.settings.parse_timeout).await;
        }
        let is_forbidden = |url: &Url| forbidden.contains(url);
        self.book.lock().take(from, step, links, &self.settings, is_forbidden)
    }

    /// Writes down what became of a page, tells it, and gives its links. No page: the visit panicked,
    /// and that is all it costs.
    fn end(&self, url: &str, place: Place, page: Option<Page>) -> Vec<String> {
        let page = page.unwrap_or_else(|| Page::panicked(url, place.depth));
        (self.watch)(&page);
        let mut links = page.links.iter().map(|link| String::from(&**link)).collect::<Vec<_>>();
        let late = self.book.lock().close(page);
        links.extend(late.iter().map(|link| String::from(&**link)));
        links
    }
}

impl Visit {
    fn without_links(ending: Ending) -> Self {
        Self { status: None, links: Vec::new(), bytes: 0, ending }
    }

    fn failed(failure: Failure) -> Self {
        Self::without_links(Ending::Failed(failure))
    }
}

impl fmt::Debug for WebParser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebParser of {}", self.web.home)
    }
}
