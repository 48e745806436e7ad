//! Pages about wrong executions: whole, small, and on their own.

use std::collections::BTreeSet;

use judge::{
    EngineKind, Judge,
    problems::{Broken, Problem},
    report::page::Page,
};
use roxmltree::{Document, Node, ParsingOptions};

use crate::catalogue::{case, wrong};

/// The page about the first wrong execution of `broken` on the case that shows it.
#[track_caller]
fn page(problem: &Problem, broken: &Broken) -> String {
    let judge = Judge { inputs: vec![case(problem, broken.case)], ..Judge::default() };
    let judgement = judge.judge(problem, &broken.solution, EngineKind::Controlled);
    let evidence = judgement.verdict.evidence().expect("a broken solution is rejected");
    let page = Page::of(problem, &broken.solution, evidence);
    page.expect("a controlled execution can be shown").html()
}

/// Asserts what holds for every page.
#[track_caller]
fn is_whole_and_alone(html: &str, name: &str) {
    assert!(html.len() < 1_000_000, "{name}: {} bytes", html.len());
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(html, options).expect("a page is well-formed");
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "{name}: an id is given twice");
    for link in document.descendants().filter_map(|node| node.attribute("href")) {
        let target = link.strip_prefix('#').expect("a link stays within the page");
        assert!(distinct.contains(target), "{name}: nothing is called {target}");
    }
    let loads = |node: &Node<'_, '_>| {
        ["src", "srcset", "data", "action"].iter().any(|name| node.has_attribute(*name))
            || ["link", "img", "iframe", "object", "embed"].contains(&node.tag_name().name())
    };
    assert_eq!(document.descendants().find(loads), None, "{name}: something is loaded");
    for word in ["url(", "@import", "https:"] {
        assert!(!html.contains(word), "{name}: {word} reaches out");
    }
    // A solution may have a function of that name; the page's own script must not call it.
    let mut scripts =
        html.split("<script").skip(1).filter_map(|rest| rest.split("</script").next());
    assert!(!scripts.any(|script| script.contains("fetch(")), "{name}: fetch( reaches out");
}

#[test]
fn every_page_is_whole_small_and_reaches_for_nothing() {
    for (problem, broken) in wrong() {
        let name = format!("{} {}", problem.number, broken.solution.name);
        is_whole_and_alone(&page(problem, broken), &name);
    }
}

#[test]
fn every_page_shows_the_solution_and_marks_the_lines_that_steps_stand_in() {
    for (problem, broken) in wrong() {
        let html = page(problem, broken);
        let name = format!("{} {}", problem.number, broken.solution.name);
        let headers = ["//! Broken", "//! Where you start", "//! `atomic.rs` with"];
        assert!(headers.iter().any(|header| html.contains(header)), "{name}: no source");
        let (links, places) = (html.contains("<a href=\"#"), html.contains(" place\">"));
        assert_eq!(links, places, "{name}: links and lines belong together");
    }
}

#[test]
fn a_page_is_what_it_was() {
    let of = |number: u16, name: &str| {
        let all = wrong()
            .find(|(problem, broken)| problem.number == number && broken.solution.name == name);
        let (problem, broken) = all.expect("it is one of the broken solutions");
        page(problem, broken)
    };
    insta::assert_snapshot!("page-wrong-answer", of(1115, "early-handover"));
    insta::assert_snapshot!("page-deadlock", of(1226, "left-first"));
}
