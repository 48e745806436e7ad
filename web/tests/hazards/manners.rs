//! Hosts that want to be left in peace, and that get it.

use std::time::Duration;

use web::{Failure, RobotsRule, Settings};

use crate::{
    Hazard,
    script::{Step, answer, endless, html, links, redirect},
    visit::{HOST, Visit, around, pages, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("robots.txt is read first, once, and kept", robots),
    Hazard("robots.txt may forbid the start", forbidden_start),
    Hazard("robots.txt is not read if it is to be ignored", ignored_robots),
    Hazard("a host that cannot say what is allowed allows nothing", broken_robots),
    Hazard("robots.txt is not read from another host", foreign_robots),
    Hazard("a robots.txt without end allows nothing", endless_robots),
    Hazard("a robots.txt of ten thousand wildcards is kept", wild_robots),
    Hazard("a robots.txt of forty thousand rules holds nobody up for ever", many_rules),
    Hazard("we say who we are", user_agent),
    Hazard("429 with seconds slows the whole host", || busy("429 Slow", "1")),
    Hazard("503 with a date slows the whole host", || {
        busy("503 Busy", "Fri, 31 Dec 2100 23:59:59 GMT");
    }),
    Hazard("a pause of hours is cut to what is allowed", long_pause),
    Hazard("500 is asked again, and 404 is not", passing),
    Hazard("a status that nobody has heard of is a failure", odd_status),
    Hazard("retries are counted over the whole crawl", budget),
    Hazard("requests begin no sooner than the delay allows", delay),
    Hazard("a delay that robots.txt asks for is kept", crawl_delay),
    Hazard("a delay of hours is cut to what is allowed", long_crawl_delay),
];

fn with_robots(rules: Vec<Step>) -> Vec<(String, crate::script::Answers)> {
    let mut site = around(html(""));
    site.extend(pages([("/robots.txt", rules)]));
    site
}

fn rules(text: &str) -> Vec<Step> {
    answer("200 Fine", "content-type: text/plain\r\n", text.as_bytes())
}

fn robots() {
    let text = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /b*d$\n";
    let visit = Visit::of(with_robots(rules(text)), settings());
    visit.asked_once(&["/", "/good"]);
    assert_eq!(visit.asked[0].path, "/robots.txt");
    let times = visit.asked.iter().filter(|asked| asked.path == "/robots.txt").count();
    assert_eq!((times, visit.crawled.left_out.forbidden), (1, 1));
}

fn forbidden_start() {
    let visit = Visit::of(with_robots(rules("User-agent: judge-crawl\nDisallow: /")), settings());
    visit.asked_once(&[]);
    assert_eq!(*visit.failure("/"), Failure::Forbidden);
}

fn ignored_robots() {
    let site = with_robots(rules("User-agent: *\nDisallow: /"));
    let visit = Visit::of(site, Settings { robots: RobotsRule::Ignore, ..settings() });
    assert!(visit.asked.iter().all(|asked| asked.path != "/robots.txt"));
    visit.asked_once(&["/", "/bad", "/good"]);
}

fn broken_robots() {
    let visit = Visit::of(with_robots(answer("500 Oh", "", b"")), settings());
    visit.asked_once(&[]);
    assert_eq!(*visit.failure("/"), Failure::NoRules(Box::new(Failure::Status(500))));
}

fn foreign_robots() {
    let visit = Visit::of(with_robots(redirect("http://evil.test/robots.txt")), settings());
    visit.asked_once(&["/", "/bad", "/good"]);
}

fn endless_robots() {
    let lines = Step::Drip(b"Disallow: /nothing\n".repeat(1000), Duration::ZERO);
    let visit = Visit::of(with_robots(vec![endless("text/plain"), lines]), settings());
    visit.asked_once(&[]);
    assert_eq!(*visit.failure("/"), Failure::NoRules(Box::new(Failure::TooLarge(1 << 20))));
}

fn wild_robots() {
    let wild: Vec<String> = (0..10_000).map(|n| format!("Disallow: /*{n}*a*a*a*a*a*b\n")).collect();
    let text = format!("User-agent: *\nDisallow: /bad\n{}", wild.concat());
    let mut site = with_robots(rules(&text));
    let path = "/".to_owned() + &"a".repeat(1_500);
    site[0].1 = vec![html(format!("<a href=/bad><a href=/good><a href={path}>"))];
    Visit::of(site, settings()).asked_once(&["/", "/good", &path]);
}

fn many_rules() {
    let text = "User-agent: *\nDisallow: /bad\n".to_owned() + &"Disallow:/*ab\n".repeat(40_000);
    let mut site = with_robots(rules(&text));
    // Each takes tens of milliseconds to look up: all of them, longer than a page may take.
    let paths = (0..200).map(|page| format!("<a href=/{page}{}>", "a".repeat(1_900)));
    site[0].1 = vec![html("<a href=/good><a href=/bad>".to_owned() + &paths.collect::<String>())];
    let visit =
        Visit::of(site, Settings { parse_timeout: Duration::from_millis(500), ..settings() });
    let (asked, forbidden) = (visit.paths(), visit.crawled.left_out.forbidden);
    assert!(asked.contains_key("/good") && !asked.contains_key("/bad"), "{asked:?}");
    // What was asked for is the start as well.
    assert_eq!(asked.len() - 1 + forbidden, 202);
}

fn user_agent() {
    let visit = Visit::of(around(html("")), settings());
    for asked in &visit.asked {
        let agent = asked.headers.iter().find(|line| line.starts_with("user-agent: judge-crawl/"));
        assert!(agent.is_some(), "{asked:?}");
        assert_eq!(asked.host, HOST);
    }
}

/// Asserts that after a busy answer nobody asks for anything until the pause is over.
fn busy(status: &str, after: &str) {
    let pause = Duration::from_millis(400);
    let links = links(20);
    let mut site = pages([("/", html("<a href=/busy>")), ("/after", html(""))]);
    let headers = format!("retry-after: {after}\r\n");
    site.push(("/busy".to_owned(), vec![answer(status, &headers, b""), html(links)]));
    site.extend((0..20).map(|n| (format!("/{n}"), vec![html("")])));
    let visit = Visit::of(site, Settings { max_pause: pause, ..settings() });
    let times: Vec<_> =
        visit.asked.iter().filter(|asked| asked.path == "/busy").map(|asked| asked.at).collect();
    assert_eq!(times.len(), 2, "it is asked again once");
    // The server notes a request a moment after it was sent, and the answer is a moment late too.
    assert!(times[1] - times[0] > pause / 2, "{:?}", times[1] - times[0]);
    let early = |asked: &&crate::script::Asked| asked.at > times[0] && asked.at < times[1];
    assert_eq!(visit.asked.iter().find(early).map(|asked| &asked.path), None);
    assert_eq!(visit.paths().len(), 22);
}

fn long_pause() {
    let mut site = around(html(""));
    site[1].1 = vec![answer("503 Busy", "retry-after: 86400\r\n", b""), html("")];
    let visit = Visit::of(site, settings());
    assert_eq!(visit.paths()["/bad"], 2);
    assert_eq!(visit.page("/bad").status, Some(200));
}

fn passing() {
    let mut site = around(html(""));
    site[1].1 = vec![answer("500 Oh", "", b""), answer("502 Oh", "", b""), html("")];
    site[0].1 = vec![html("<a href=/bad><a href=/good><a href=/none>")];
    let visit = Visit::of(site, settings());
    assert_eq!((visit.paths()["/bad"], visit.paths()["/none"]), (3, 1));
    assert_eq!(visit.page("/bad").status, Some(200));
    visit.fails("/none", |failure| *failure == Failure::Status(404));
}

fn odd_status() {
    for (status, number) in [("999 Denied", 999), ("600 What", 600)] {
        let bad = answer(status, "content-type: text/html\r\n", b"<a href=/under>");
        Visit::of(around(bad), settings())
            .fails("/bad", |failure| *failure == Failure::Status(number));
    }
}

fn budget() {
    let links = links(20);
    let mut site = pages([("/", html(links))]);
    site.extend((0..20).map(|n| (format!("/{n}"), vec![answer("500 Oh", "", b"")])));
    let visit = Visit::of(site, Settings { retry_budget: 7, ..settings() });
    assert_eq!(visit.paths().values().sum::<usize>(), 1 + 20 + 7);
}

fn delay() {
    let links = links(9);
    let delay = Duration::from_millis(20);
    let visit = Visit::of(pages([("/", html(links))]), Settings { delay, ..settings() });
    assert_eq!(visit.asked.len(), 11, "robots.txt, the start and nine pages");
    assert!(visit.crawled.elapsed >= delay * 10, "{:?}", visit.crawled.elapsed);
}

/// Asserts that the host, which asks for `asked`, is given `kept` between any two requests for pages.
fn delayed(asked: &str, settings: Settings, kept: Duration) {
    let text = format!("User-agent: *\nCrawl-delay: {asked}\n");
    let visit = Visit::of(with_robots(rules(&text)), settings);
    visit.asked_once(&["/", "/bad", "/good"]);
    // Three pages after robots.txt.
    assert!(visit.crawled.elapsed >= kept * 3, "{:?}", visit.crawled.elapsed);
    assert_eq!(visit.crawled.crawl_delay.map(|delay| delay.kept), Some(kept));
}

fn crawl_delay() {
    delayed("0.2", settings(), Duration::from_millis(200));
}

fn long_crawl_delay() {
    let longest = Duration::from_millis(150);
    delayed("86400", Settings { max_crawl_delay: longest, ..settings() }, longest);
}
