//! Links that mean something else than they seem to.

use web::{Ending, Failure};

use crate::{
    Hazard,
    script::{html, links, redirect},
    visit::{Visit, around, pages, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("a redirect to itself is a failure", self_redirect),
    Hazard("redirects in a circle are a failure", circle),
    Hazard("redirects without end are a failure", chain),
    Hazard("a redirect to another host is not followed", off_host),
    Hazard("a redirect to another scheme is not followed", other_scheme),
    Hazard("a redirect without an address is a failure", nowhere),
    Hazard("links are relative to where a redirect ended", moved),
    Hazard("a page behind several redirects is asked for once", shared_target),
    Hazard("the first base href counts", base),
    Hazard("a base href on another host takes its links away", foreign_base),
    Hazard("a host that only looks like ours is another one", look_alikes),
    Hazard("another port is another site", ports),
    Hazard("names and passwords are never sent", passwords),
    Hazard("a fragment is no page", fragments),
    Hazard("a slash at the end is another page", slashes),
    Hazard("scripts, mail and data are no pages", other_schemes),
    Hazard("a page that is linked from everywhere is asked for once", hub),
];

fn self_redirect() {
    let visit = Visit::of(around(redirect("/bad")), settings());
    visit.fails("/bad", |failure| *failure == Failure::Circle);
}

fn circle() {
    let mut site = around(redirect("/b"));
    site.extend(pages([("/b", redirect("/c")), ("/c", redirect("/bad"))]));
    let visit = Visit::of(site, settings());
    visit.fails("/c", |failure| *failure == Failure::Circle);
    visit.asked_once(&["/", "/good", "/bad", "/b", "/c"]);
}

fn chain() {
    let mut site = around(redirect("/1"));
    site.extend((1..100).map(|n| (format!("/{n}"), vec![redirect(&format!("/{}", n + 1))])));
    Visit::of(site, settings()).fails("/20", |failure| *failure == Failure::TooManyRedirects);
}

fn off_host() {
    for to in [
        "http://evil.test/",
        "//evil.test/x",
        "http://site.test.evil.test/",
        "http://site.test@evil.test/",
    ] {
        let visit = Visit::of(around(redirect(to)), settings());
        visit.fails("/bad", |failure| matches!(failure, Failure::Elsewhere(_)));
        visit.asked_once(&["/", "/bad", "/good"]);
    }
}

fn other_scheme() {
    let visit = Visit::of(around(redirect("file:///etc/passwd")), settings());
    visit.fails("/bad", |failure| *failure == Failure::Nowhere);
}

fn nowhere() {
    let bad = crate::script::answer("302 There", "", b"");
    Visit::of(around(bad), settings()).fails("/bad", |failure| *failure == Failure::Nowhere);
}

fn moved() {
    let mut site = around(redirect("/deep/er/page"));
    site.extend(pages([("/deep/er/page", html("<a href=next>")), ("/deep/er/next", html(""))]));
    let visit = Visit::of(site, settings());
    assert_eq!(*visit.ending("/bad"), Ending::Redirect("http://site.test/deep/er/page".into()));
    visit.asked_once(&["/", "/bad", "/good", "/deep/er/page", "/deep/er/next"]);
}

fn shared_target() {
    let visit = Visit::of(
        pages([
            ("/", html("<a href=/1><a href=/2><a href=/target>")),
            ("/1", redirect("/target")),
            ("/2", redirect("target")),
            ("/target", html("")),
        ]),
        settings(),
    );
    visit.asked_once(&["/", "/1", "/2", "/target"]);
}

fn base() {
    let page = "<base href=/a/b/><base href=/no/><a href=c><a href=../d>";
    let visit = Visit::of(pages([("/", html(page))]), settings());
    visit.asked_once(&["/", "/a/b/c", "/a/d"]);
}

fn foreign_base() {
    let page = "<base href=http://evil.test/><a href=c><a href=http://site.test/d>";
    let visit = Visit::of(pages([("/", html(page))]), settings());
    visit.asked_once(&["/", "/d"]);
}

fn look_alikes() {
    let page = "<a href=http://site.test.evil.test/1><a href=http://site.tester/2>\
                <a href=//www.site.test/3><a href='http://evil.test/?http://site.test/'>\
                <a href=http://site.test.:80/4><a href='\\\\evil.test\\5'>\
                <a href='http://SITE.test/6'><a href='http://s%69te.test/7'>";
    let visit = Visit::of(pages([("/", html(page))]), settings());
    visit.asked_once(&["/", "/6", "/7"]);
}

fn ports() {
    let page = "<a href=http://site.test:8080/1><a href=http://site.test:80/2>";
    let visit = Visit::of(pages([("/", html(page))]), settings());
    visit.asked_once(&["/", "/2"]);
}

fn passwords() {
    let page = "<a href=http://me:secret@site.test/1><a href=http://site.test/1>";
    let visit = Visit::of(pages([("/", html(page))]), settings());
    visit.asked_once(&["/", "/1"]);
    let told = |asked: &crate::script::Asked| {
        asked
            .headers
            .iter()
            .any(|line| line.starts_with("authorization") || line.contains("secret"))
    };
    assert!(!visit.asked.iter().any(told), "{:?}", visit.asked);
}

fn fragments() {
    let visit =
        Visit::of(pages([("/", html("<a href=#x><a href=/1#y><a href=/1#z>"))]), settings());
    visit.asked_once(&["/", "/1"]);
}

fn slashes() {
    let visit = Visit::of(pages([("/", html("<a href=/1><a href=/1/><a href=/1//>"))]), settings());
    visit.asked_once(&["/", "/1", "/1/", "/1//"]);
}

fn other_schemes() {
    let page = "<a href=javascript:go()><a href=mailto:me@site.test><a href='data:text/html,<a>'>\
                <a href=ftp://site.test/x><a href=tel:110><a href=http://><a href=http://:80/>";
    Visit::of(pages([("/", html(page))]), settings()).asked_once(&["/"]);
}

fn hub() {
    let all = links(30);
    let mut site: Vec<_> =
        (0..30).map(|n| (format!("/{n}"), vec![html(format!("<a href=/hub>{all}"))])).collect();
    site.extend(pages([("/", html(&all)), ("/hub", html(&all))]));
    for solution in ["async", "condvar"] {
        let visit = Visit::with(solution, site.clone(), settings());
        assert!(visit.paths().values().all(|&times| times == 1), "{:?}", visit.paths());
        assert_eq!(visit.paths().len(), 32);
    }
}
