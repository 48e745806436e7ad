//! Trouble within: panics, the user's patience, too many at once; and everything together.

use std::{
    net::SocketAddr,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use problems::p1242_web_crawler_multithreaded::{HtmlParser, crawler};
use web::{
    Crawled, Failure, Halt, Names, Settings, WebParser, crawl,
    site::{Links, SiteServer},
    start,
};

use crate::{
    Hazard,
    script::{Script, Step, html},
    visit::{around, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("a panic while a page is read costs that page", panic_in_a_page),
    Hazard("a host that nobody serves is a failure", nobody_there),
    Hazard("a crawl that is stopped ends at once with what it found, async", || stopped("async")),
    Hazard("a crawl that is stopped ends at once with what it found, blocking", || {
        stopped("condvar");
    }),
    Hazard("no more connections are open than are allowed", connections),
    Hazard("links in all shapes of the web are asked for once each", wild),
];

fn panic_in_a_page() {
    let site = around(html("<p>panic"));
    for solution in ["async", "condvar"] {
        let script = Script::start(site.clone());
        let parser = WebParser::with_tree(
            |text| {
                assert!(!text.contains("panic"), "as the test wants it");
                (vec!["/bad".to_owned(), "/good".to_owned()], None)
            },
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
        assert_eq!(ending("/bad"), Some(&web::Ending::Failed(Failure::Panicked)));
        assert_eq!(ending("/good"), Some(&web::Ending::Read));
    }
}

/// How many pages the solution says there are.
fn run(solution: &str, parser: &Arc<WebParser>) -> usize {
    use problems::p1242_web_crawler_multithreaded::Crawl;

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
    let web::Ending::Failed(Failure::NoRules(failure)) = ending else { panic!("{ending:?}") };
    assert!(matches!(**failure, Failure::Connection(_)), "{failure:?}");
}

/// A stop while every connection hangs.
fn stopped(solution: &str) {
    let script = Script::start(around(vec![Step::Hang]));
    let settings = Settings { names: Names::AllTo(script.address), ..settings() };
    let halt = Halt::default();
    let home = start("http://site.test/").expect("it is a URL");
    let running = thread::spawn({
        let (halt, solution) = (halt.clone(), crawler(solution).expect("it is listed"));
        move || crawl(&home, solution, settings, &halt, |_| {})
    });
    // The other pages come at once; this one never does.
    while !["/bad", "/good"].iter().all(|path| script.asked().iter().any(|a| a.path == *path)) {
        thread::yield_now();
    }
    let raised = Instant::now();
    halt.raise();
    let crawled = running.join().expect("it does not panic").expect("there are threads");
    // It is some milliseconds; a machine with a lot to do gets a second.
    assert!(raised.elapsed() < Duration::from_secs(1), "{:?}", raised.elapsed());
    assert_eq!((crawled.urls.len(), crawled.found), (3, 3));
    let bad = crawled.pages.iter().find(|page| page.url.ends_with("/bad"));
    assert_eq!(bad.map(|page| &page.ending), Some(&web::Ending::Failed(Failure::Stopped)));
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
    let Some(problems::p1242_web_crawler_multithreaded::Crawl::Blocking(crawl)) =
        crawler("condvar")
    else {
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
