//! Answers that bend what HTTP says about where one ends and the next begins.

use std::time::Duration;

use web::{Ending, Failure, Settings};

use crate::{
    Hazard,
    script::{Step, html},
    visit::{Visit, around, impatient, pages, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("a chunk of an absurd size is a failure", absurd_chunk),
    Hazard("chunks without end are cut off", endless_chunks),
    Hazard("trailers without end are refused", endless_trailers),
    Hazard("an answer with two lengths is a failure", two_lengths),
    Hazard("a promise of an answer without end runs into the deadline", endless_promises),
    Hazard("a line of status without end is refused", endless_status),
    Hazard("an answer that nobody asked for is not taken for the next one", unasked),
    Hazard("a kept connection that is closed is asked for again", kept_and_closed),
    Hazard("a connection that is cut before the answer is asked for again", cut),
];

const CHUNKED: &str =
    "HTTP/1.1 200 Fine\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n";

fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

/// Asserts that a page that is answered with `steps` is a bad answer.
fn is_refused(steps: Vec<Step>) {
    let visit = Visit::of(around(steps), settings());
    visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
}

fn absurd_chunk() {
    for size in ["ffffffffffffffffff", "-1", "5;x\n", ""] {
        is_refused(vec![send(CHUNKED), send(&format!("{size}\r\n<a href=/under>"))]);
    }
}

fn endless_chunks() {
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let chunks = Step::Drip(chunk.into_bytes(), Duration::ZERO);
    let visit = Visit::of(around(vec![send(CHUNKED), chunks]), settings());
    visit.fails("/bad", |failure| *failure == Failure::TooLarge(1 << 20));
}

fn endless_trailers() {
    let trailers = Step::Drip(b"x: y\r\n".repeat(1000), Duration::ZERO);
    is_refused(vec![send(CHUNKED), send("1\r\nx\r\n0\r\n"), trailers]);
}

fn two_lengths() {
    let head = "HTTP/1.1 200 Fine\r\ncontent-type: text/html\r\n";
    let lengths = "content-length: 3\r\ncontent-length: 15\r\n\r\n<a href=/under>";
    is_refused(vec![send(head), send(lengths)]);
}

fn endless_promises() {
    let promise = Step::Drip(b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), Duration::from_millis(1));
    let visit = Visit::of(around(vec![promise]), impatient());
    visit.fails("/bad", |failure| *failure == Failure::TimedOut);
}

fn endless_status() {
    is_refused(vec![send("HTTP/1.1 200 "), Step::Drip(vec![b'x'; 1000], Duration::ZERO)]);
}

/// An answer that leaves the connection open.
fn kept(body: &str) -> Step {
    let length = body.len();
    send(&format!(
        "HTTP/1.1 200 Fine\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

fn unasked() {
    let unasked = kept("<a href=/stolen><a href=//evil.test/stolen>");
    let visit = Visit::of(
        pages([
            ("/", vec![kept("<a href=/1><a href=/2>"), unasked, Step::Hang]),
            ("/1", html("")),
            ("/2", html("")),
        ]),
        Settings { connections: 1, ..impatient() },
    );
    visit.asked_once(&["/", "/1", "/2"]);
    assert_eq!((visit.ending("/1"), visit.ending("/2")), (&Ending::Read, &Ending::Read));
}

fn kept_and_closed() {
    // Each connection is closed without a word after one answer, just when the next page is asked for.
    let site = (0..200).map(|page| {
        let path = if page == 0 { "/".to_owned() } else { format!("/{page}") };
        let links = format!("<a href=/{}><a href=/{}>", page * 2 + 1, page * 2 + 2);
        (path, vec![vec![kept(if page < 100 { &links } else { "" })]])
    });
    let visit = Visit::of(site.collect(), settings());
    let read = visit.crawled.pages.iter().filter(|page| page.ending == Ending::Read).count();
    assert_eq!((read, visit.crawled.pages.len()), (200, 201), "all but /200, which is not there");
}

fn cut() {
    let mut site = around(Vec::new());
    site[1].1 = vec![Vec::new(), vec![send("HTTP/1.1 200 Fi")], html("")];
    let visit = Visit::of(site, settings());
    assert_eq!((visit.paths()["/bad"], visit.ending("/bad")), (3, &Ending::Read));
}
