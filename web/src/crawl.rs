//! A crawl from its beginning to its report: a solution of problem 1242 on the real web.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use problems::p1242_web_crawler_multithreaded::Crawl;
use tokio::runtime;
use url::Url;

use crate::{Halt, LeftOut, Page, Settings, WebParser};

/// What a crawl found.
#[derive(Clone, Debug)]
pub struct Crawled {
    /// What the solution says it found; if it was stopped, whatever had been found.
    pub urls: Vec<String>,
    /// How many URLs were found.
    pub found: usize,
    /// What became of those that were asked for, in the order they came.
    pub pages: Vec<Page>,
    /// The links that were not followed.
    pub left_out: LeftOut,
    /// The delay that robots.txt asks for, and the one that was kept.
    pub crawl_delay: Option<CrawlDelay>,
    /// How long it took.
    pub elapsed: Duration,
}

/// The time between two requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrawlDelay {
    /// As robots.txt wants it.
    pub asked: Duration,
    /// As it was kept.
    pub kept: Duration,
}

/// How many pages may be on the way so that no connection waits while others are read: when all answers
/// come at once, as many are ready to ask. The fetcher has the connections counted. One at a time stays
/// one at a time.
const fn workers(connections: usize) -> usize {
    if connections == 1 { 1 } else { 2 * connections }
}

/// How long a solution that is stopped may take to end. Some go on to everything that has been found,
/// and are told for each page that it has no links.
const GRACE: Duration = Duration::from_millis(20);

/// Crawls the host of `home` with `solution`, as many fetches at a time as there are connections, and
/// tells `watch` of each page as it comes. Whoever raises `halt` need not wait for the solution.
///
/// # Errors
///
/// If the system has no more threads or sockets.
pub fn crawl(
    home: &Url,
    solution: Crawl,
    settings: Settings,
    halt: &Halt,
    watch: impl Fn(&Page) + Send + Sync + 'static,
) -> io::Result<Crawled> {
    let (workers, longest) = (workers(settings.connections), settings.max_crawl_delay);
    let parser = Arc::new(WebParser::new(home.clone(), settings, halt.clone(), watch)?);
    let begun = Instant::now();
    let urls = found(solution, workers, home.as_str(), &parser)?;
    let elapsed = begun.elapsed();
    let (pages, left_out) = parser.report();
    let crawl_delay =
        parser.crawl_delay().map(|asked| CrawlDelay { asked, kept: asked.min(longest) });
    let urls = urls.unwrap_or_else(|| parser.urls());
    Ok(Crawled { urls, found: parser.found(), pages, left_out, crawl_delay, elapsed })
}

/// What the solution finds, on a thread of its own; nothing if it was stopped and is not done yet.
fn found(
    solution: Crawl,
    workers: usize,
    home: &str,
    parser: &Arc<WebParser>,
) -> io::Result<Option<Vec<String>>> {
    let (sender, receiver) = mpsc::channel();
    parser.when_halted(GRACE, {
        let sender = sender.clone();
        // Nobody is left to hear it if the solution was done before.
        move || drop(sender.send(None))
    });
    let (home, parser) = (home.to_owned(), Arc::clone(parser));
    // Async tasks take turns on one thread: to wake another one for each would cost more than it does.
    let runtime = runtime::Builder::new_current_thread().enable_time().build()?;
    thread::Builder::new().name("crawl".to_owned()).spawn(move || {
        // A panic of the solution is passed on.
        let urls = catch_unwind(AssertUnwindSafe(|| match solution {
            Crawl::Blocking(crawl) => crawl(workers, &home, parser),
            Crawl::Async(crawl) => runtime.block_on(crawl(workers, home, parser)),
        }));
        drop(sender.send(Some(urls)));
    })?;
    match receiver.recv() {
        Ok(Some(Ok(urls))) => Ok(Some(urls)),
        Ok(Some(Err(panic))) => resume_unwind(panic),
        _ => Ok(None),
    }
}
