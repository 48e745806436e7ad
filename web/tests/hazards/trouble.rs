//! Trouble within: panics, the user's patience, too many at once; and everything together.

use std::{
    net::SocketAddr,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use problems::p1242_web_crawler_multithreaded::{Crawl, HtmlParser, crawler};
use web::{
    Crawled, Ending, Failure, Halt, Hrefs, Names, Page, Readers, Settings, Shape, WebParser, crawl,
    site::{Links, SiteServer},
    start,
};

use crate::{
    Hazard,
    script::{Answers, Script, Step, answer, html},
    visit::{around, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("a panic while a page is read costs that page", panic_in_an_outline),
    Hazard("a panic while a tree is built costs that page", panic_in_a_tree),
    Hazard("a host that nobody serves is a failure", nobody_there),
    Hazard("a crawl that is stopped ends at once with what it found, async", || stopped("async")),
    Hazard("a crawl that is stopped ends at once with what it found, blocking", || {
        stopped("condvar");
    }),
    Hazard("a crawl can be stopped while it waits for its turn", stopped_before_a_turn),
    Hazard("a crawl can be stopped while a busy host is left in peace", stopped_in_a_pause),
    Hazard("a crawl can be stopped while a page is parsed", stopped_in_a_tree),
    Hazard("a solution that is stopped and does not end is not waited for", endless_solution),
    Hazard("no more connections are open than are allowed", connections),
    Hazard("links in all shapes of the web are asked for once each", wild),
];

fn panic_in_a_tree() {
    panic_in_a_page(only_tree(|text, _| Ok(panicking(text))));
}

fn panic_in_an_outline() {
    panic_in_a_page(Readers { outline: |text, _| Some(panicking(text)), ..Readers::default() });
}

/// The links of every page but one.
fn panicking(text: &str) -> Hrefs {
    assert!(!text.contains("panic"), "as the test wants it");
    Hrefs { links: vec!["/bad".to_owned(), "/good".to_owned()], base: None }
}

/// Reads every page with `tree`.
fn only_tree(tree: fn(&str, Duration) -> Result<Hrefs, Shape>) -> Readers {
    Readers { outline: |_, _| None, tree }
}

fn panic_in_a_page(readers: Readers) {
    let site = around(html("<p>panic"));
    for solution in ["async", "condvar"] {
        let script = Script::start(site.clone());
        let parser = WebParser::with_readers(
            readers,
            start("http://site.test/").expect("it is a URL"),
            Settings { names: Names::AllTo(script.address), ..settings() },
            Halt::default(),
            |_| {},
        );
        let parser = Arc::new(parser.expect("there are threads"));
        let found = run(solution, &parser);
        let (pages, _) = parser.report();
        let ending =
            |end: &str| pages.iter().find(|page| page.url.ends_with(end)).map(|p| &p.ending);
        assert_eq!((found, pages.len()), (3, 3));
        assert_eq!(ending("/bad"), Some(&Ending::Failed(Failure::Panicked)));
        assert_eq!(ending("/good"), Some(&Ending::Read));
    }
}

/// How many pages the solution says there are.
fn run(solution: &str, parser: &Arc<WebParser>) -> usize {
    let start = "http://site.test/";
    match crawler(solution).expect("it is listed") {
        Crawl::Blocking(crawl) => crawl(2, start, Arc::clone(parser) as Arc<_>).len(),
        Crawl::Async(crawl) => {
            let pages = crawl(2, start.to_owned(), Arc::clone(parser) as Arc<_>);
            sync::task::block_on(pages).len()
        }
    }
}

fn nobody_there() {
    let address = Script::start(Vec::new()).address;
    let free = SocketAddr::new(address.ip(), 1);
    let settings = Settings { names: Names::AllTo(free), ..settings() };
    let home = start("http://site.test/").expect("it is a URL");
    let solution = crawler("async").expect("it is listed");
    let crawled = crawl(&home, solution, settings, &Halt::default(), |_| {});
    let Crawled { pages, .. } = crawled.expect("there are threads");
    let ending = &pages[0].ending;
    let Ending::Failed(Failure::NoRules(failure)) = ending else { panic!("{ending:?}") };
    assert!(matches!(**failure, Failure::Connection(_)), "{failure:?}");
}

/// What is left of a crawl of `site` with `tree` that is stopped once all `paths` have been asked for.
fn stop(
    solution: &'static str,
    readers: Readers,
    site: Vec<(String, Answers)>,
    settings: Settings,
    paths: &[&str],
) -> Vec<Page> {
    let script = Script::start(site);
    let settings = Settings { names: Names::AllTo(script.address), ..settings };
    let (home, halt) = (start("http://site.test/").expect("it is a URL"), Halt::default());
    let parser = WebParser::with_readers(readers, home, settings, halt.clone(), |_| {});
    let parser = Arc::new(parser.expect("there are threads"));
    let running = thread::spawn({
        let parser = Arc::clone(&parser);
        move || run(solution, &parser)
    });
    while !paths.iter().all(|path| script.asked().iter().any(|asked| asked.path == *path)) {
        thread::yield_now();
    }
    let raised = Instant::now();
    halt.raise();
    assert_eq!(running.join().expect("it does not panic"), parser.found());
    // It is some milliseconds; a machine with a lot to do gets a second.
    assert!(raised.elapsed() < Duration::from_secs(1), "{:?}", raised.elapsed());
    parser.report().0
}

/// All three pages are told of, and the bad one has been stopped.
fn is_stopped(pages: &[Page]) {
    let bad = pages.iter().find(|page| page.url.ends_with("/bad"));
    assert_eq!(bad.map(|page| &page.ending), Some(&Ending::Failed(Failure::Stopped)));
    assert_eq!(pages.len(), 3);
}

/// A stop while a connection hangs.
fn stopped(solution: &'static str) {
    // The other pages come at once; this one never does.
    let site = around(vec![Step::Hang]);
    is_stopped(&stop(solution, only_tree(NO_TREE), site, settings(), &["/bad", "/good"]));
}

/// Reads the start, and nothing else.
const NO_TREE: fn(&str, Duration) -> Result<Hrefs, Shape> = |text, _| {
    let links = if text.contains("href") { &["/bad", "/good"][..] } else { &[] };
    Ok(Hrefs { links: links.iter().map(ToString::to_string).collect(), base: None })
};

fn stopped_before_a_turn() {
    let settings = Settings { delay: Duration::from_hours(1), ..settings() };
    let pages = stop("condvar", only_tree(NO_TREE), around(html("")), settings, &["/robots.txt"]);
    assert_eq!(pages[0].ending, Ending::Failed(Failure::Stopped));
}

fn stopped_in_a_pause() {
    let busy = answer("429 Slow", "retry-after: 3600\r\n", b"");
    let settings = Settings { max_pause: Duration::from_hours(1), connections: 1, ..settings() };
    for solution in ["async", "semaphore"] {
        let pages = stop(solution, only_tree(NO_TREE), around(busy.clone()), settings, &["/bad"]);
        assert!(pages.iter().any(|page| page.ending == Ending::Failed(Failure::Stopped)));
    }
}

fn stopped_in_a_tree() {
    let slow = only_tree(|text, time| {
        if text.contains("slow") {
            thread::sleep(Duration::from_secs(5));
        }
        NO_TREE(text, time)
    });
    let settings = Settings { parse_timeout: Duration::from_mins(1), ..settings() };
    is_stopped(&stop("channel", slow, around(html("slow")), settings, &["/bad", "/good"]));
}

fn endless_solution() {
    let script = Script::start(around(html("")));
    let settings = Settings { names: Names::AllTo(script.address), ..settings() };
    let (home, halt) = (start("http://site.test/").expect("it is a URL"), Halt::default());
    let solution = Crawl::Blocking(|_, start, parser| {
        drop(parser.get_urls(start));
        loop {
            thread::park();
        }
    });
    let watched = halt.clone();
    // The first page is the last straw.
    let crawled = crawl(&home, solution, settings, &halt, move |_| watched.raise());
    let Crawled { pages, mut urls, .. } = crawled.expect("there are threads");
    urls.sort();
    assert_eq!(pages.len(), 1);
    assert_eq!(urls, ["", "bad", "good"].map(|path| format!("http://site.test/{path}")));
}

/// A server of pages `/0` to `/299`, each of which links to the next three and to another host.
fn server(links: Links, latency: Duration) -> SiteServer {
    let url = |page: usize| start(&format!("http://site.test/{page}")).expect("it is a URL");
    let page = move |page: usize| {
        let mut links: Vec<_> = (1..=3).map(|step| url((page * 3 + step) % 300)).collect();
        links.push(start("http://evil.test/").expect("it is a URL"));
        (url(page), links)
    };
    SiteServer::start(|_| (0..300).map(page).collect(), links, latency).expect("there is a port")
}

fn connections() {
    let server = server(Links::Plain, Duration::from_millis(1));
    let home = start("http://site.test/0").expect("it is a URL");
    let settings = Settings { connections: 3, names: Names::AllTo(server.address()), ..settings() };
    let parser =
        WebParser::new(home, settings, Halt::default(), |_| {}).expect("there are threads");
    // Twelve ask for three connections' worth.
    let Some(Crawl::Blocking(crawl)) = crawler("condvar") else {
        panic!("it is a blocking solution")
    };
    let parser: Arc<dyn HtmlParser> = Arc::new(parser);
    assert_eq!(crawl(12, "http://site.test/0", parser).len(), 300);
    assert_eq!(server.stats().peak_connections(), 3);
}

fn wild() {
    for solution in ["async", "condvar"] {
        let server = server(Links::Wild, Duration::ZERO);
        let home = start("http://site.test/0").expect("it is a URL");
        let settings = Settings { names: Names::AllTo(server.address()), ..settings() };
        let solution = crawler(solution).expect("it is listed");
        let crawled = crawl(&home, solution, settings, &Halt::default(), |_| {});
        assert_eq!(crawled.expect("there are threads").urls.len(), 300);
        let mut requests = server.stats().requests();
        assert_eq!(requests.remove("http://site.test/robots.txt"), Some(1));
        assert!(requests.values().all(|&times| times == 1), "{requests:?}");
        assert_eq!(requests.len(), 300);
        assert!(requests.keys().all(|url| url.starts_with("http://site.test/")));
    }
}
