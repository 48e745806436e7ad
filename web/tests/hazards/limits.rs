//! Sites without end.

use web::Settings;

use crate::{
    Hazard,
    script::html,
    visit::{Visit, pages, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("a calendar without end is left after so many queries", calendar),
    Hazard("a site that links into itself is left", circles),
    Hazard("a URL that grows at each step is left", growing),
    Hazard("no page is further from the start than is allowed", depth),
    Hazard("no more pages are asked for than are allowed", page_limit),
];

fn calendar() {
    let site = (0..50).map(|day| {
        let path = if day == 0 { "/".to_owned() } else { format!("/?day={day}") };
        (path, vec![html(format!("<a href='/?day={}'>tomorrow</a>", day + 1))])
    });
    let visit = Visit::of(site.collect(), Settings { max_queries: 10, ..settings() });
    assert_eq!(visit.paths().len(), 11);
    assert_eq!(visit.crawled.left_out.traps, 1);
}

fn circles() {
    let mut site = pages([("/", html("<a href=a/b/>"))]);
    let deeper =
        (1..20).map(|depth| ("/".to_owned() + &"a/b/".repeat(depth), vec![html("<a href=a/b/>")]));
    site.extend(deeper);
    let visit = Visit::of(site, settings());
    visit.asked_once(&["/", "/a/b/", "/a/b/a/b/", "/a/b/a/b/a/b/"]);
}

fn growing() {
    let site = (0..30).map(|length| {
        let path = if length == 0 { "/".to_owned() } else { format!("/{}", "x".repeat(length)) };
        (path, vec![html(format!("<a href=/{}>", "x".repeat(length + 1)))])
    });
    let most = "http://site.test/".len() + 9;
    let visit = Visit::of(site.collect(), Settings { max_url: most, ..settings() });
    assert_eq!(visit.paths().len(), 10);
}

/// A chain of pages, each of which links to the next.
fn chain(solution: &str, settings: Settings) -> usize {
    let site = (0..30).map(|page| {
        let path = if page == 0 { "/".to_owned() } else { format!("/{page}") };
        (path, vec![html(format!("<a href=/{}>", page + 1))])
    });
    Visit::with(solution, site.collect(), settings).paths().len()
}

fn depth() {
    for solution in ["async", "condvar"] {
        assert_eq!(chain(solution, Settings { max_depth: 0, ..settings() }), 1);
        assert_eq!(chain(solution, Settings { max_depth: 5, ..settings() }), 6);
    }
}

fn page_limit() {
    for solution in ["async", "condvar"] {
        assert_eq!(chain(solution, Settings { max_pages: 1, ..settings() }), 1);
        assert_eq!(chain(solution, Settings { max_pages: 5, ..settings() }), 5);
    }
}
