//! Answers that are too long, too slow, or none.

use std::{
    io::{self, Write},
    time::Duration,
};

use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use web::{Ending, Failure};

use crate::{
    Hazard,
    script::{Step, answer, endless, html},
    visit::{Visit, around, impatient, pages, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("a body without end is cut off", endless_body),
    Hazard("a body that is announced as too large is not read", announced_body),
    Hazard("a gzip bomb is counted after decompression", bomb),
    Hazard("a deflate bomb is counted after decompression", deflate_bomb),
    Hazard("a page in drips runs into the deadline, async", || drips("async")),
    Hazard("a page in drips runs into the deadline, blocking", || drips("condvar")),
    Hazard("headers in drips run into the deadline", dripping_headers),
    Hazard("a server that says nothing runs into the deadline", silence),
    Hazard("headers without end are refused", endless_headers),
    Hazard("a body shorter than announced is a failure", short_body),
    Hazard("a compressed body that ends too soon is a failure", short_gzip),
    Hazard("a body compressed in a way that nobody asked for is a failure", unknown_encoding),
    Hazard("what is not HTTP is a failure", garbage),
    Hazard("a connection that is closed at once is a failure", closed),
    Hazard("what is not HTML by its content type is not read", not_html),
    Hazard("without a content type the first bytes decide", sniffed),
    Hazard("characters are read by header, byte order mark or meta", charsets),
];

fn endless_body() {
    let body = Step::Drip(vec![b'x'; 1 << 16], Duration::ZERO);
    let visit = Visit::of(around(vec![endless("text/html"), body]), settings());
    visit.fails("/bad", |failure| *failure == Failure::TooLarge(1 << 20));
}

fn announced_body() {
    let head =
        b"HTTP/1.1 200 Fine\r\ncontent-type: text/html\r\ncontent-length: 99999999999\r\n\r\n";
    let visit = Visit::of(around(vec![Step::Send(head.to_vec()), Step::Hang]), settings());
    visit.fails("/bad", |failure| *failure == Failure::TooLarge(1 << 20));
}

/// 64 MiB of nothing, as `encoder` writes it.
fn inflated<W: Write>(mut encoder: W, finish: impl FnOnce(W) -> io::Result<Vec<u8>>) -> Vec<u8> {
    for _ in 0..4096 {
        encoder.write_all(&[b' '; 1 << 14]).expect("memory takes everything");
    }
    let bytes = finish(encoder).expect("memory takes everything");
    assert!(bytes.len() < 1 << 17, "it is small: {}", bytes.len());
    bytes
}

/// A page that is compressed as `encoding` says.
fn encoded(encoding: &str, bytes: &[u8]) -> Visit {
    let headers = format!("content-type: text/html\r\ncontent-encoding: {encoding}\r\n");
    Visit::of(around(answer("200 Fine", &headers, bytes)), settings())
}

fn bomb() {
    let bytes = inflated(GzEncoder::new(Vec::new(), Compression::best()), GzEncoder::finish);
    encoded("gzip", &bytes).fails("/bad", |failure| *failure == Failure::TooLarge(1 << 20));
}

fn deflate_bomb() {
    let bytes = inflated(ZlibEncoder::new(Vec::new(), Compression::best()), ZlibEncoder::finish);
    encoded("deflate", &bytes).fails("/bad", |failure| *failure == Failure::TooLarge(1 << 20));
}

fn short_gzip() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"<a href=/under>").expect("memory takes everything");
    let bytes = encoder.finish().expect("memory takes everything");
    let visit = encoded("gzip", &bytes[..bytes.len() - 9]);
    visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
}

fn unknown_encoding() {
    for encoding in ["zstd", "gzip, gzip", "x-secret"] {
        let visit = encoded(encoding, b"<a href=/under>");
        visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
    }
    let visit = encoded("identity", b"<a href=/under>");
    visit.asked_once(&["/", "/bad", "/good", "/under"]);
}

fn drips(solution: &str) {
    let body = Step::Drip(b"<p>".to_vec(), Duration::from_millis(50));
    let visit = Visit::with(solution, around(vec![endless("text/html"), body]), impatient());
    visit.fails("/bad", |failure| *failure == Failure::TimedOut);
}

fn dripping_headers() {
    let headers = Step::Drip(b"x: y\r\n".to_vec(), Duration::from_millis(50));
    let bad = vec![Step::Send(b"HTTP/1.1 200 Fine\r\n".to_vec()), headers];
    Visit::of(around(bad), impatient()).fails("/bad", |failure| *failure == Failure::TimedOut);
}

fn silence() {
    let visit = Visit::of(around(vec![Step::Hang]), impatient());
    visit.fails("/bad", |failure| *failure == Failure::TimedOut);
}

fn endless_headers() {
    let headers = Step::Drip(b"x: y\r\n".repeat(1000), Duration::ZERO);
    let bad = vec![Step::Send(b"HTTP/1.1 200 Fine\r\n".to_vec()), headers];
    let visit = Visit::of(around(bad), settings());
    visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
}

fn short_body() {
    let bytes =
        b"HTTP/1.1 200 Fine\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\n<a href=/x>";
    let visit = Visit::of(around(vec![Step::Send(bytes.to_vec())]), settings());
    visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
}

fn garbage() {
    let visit = Visit::of(around(vec![Step::Send(b"SSH-2.0-OpenSSH_9\r\n".to_vec())]), settings());
    visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
}

fn closed() {
    let visit = Visit::of(around(Vec::new()), settings());
    visit.fails("/bad", |failure| matches!(failure, Failure::BadAnswer(_)));
}

fn not_html() {
    let film = vec![endless("video/mp4"), Step::Drip(vec![0; 1 << 16], Duration::ZERO)];
    let visit = Visit::of(around(film), settings());
    assert_eq!(*visit.ending("/bad"), Ending::NotHtml("video/mp4".to_owned()));
    assert_eq!((visit.page("/bad").bytes, visit.ending("/good")), (0, &Ending::Read));
}

fn sniffed() {
    let visit = Visit::of(
        pages([
            ("/", answer("200 Fine", "", b"\n <!doctype html><a href=/good><a href=/bad>")),
            ("/good", answer("200 Fine", "content-type: nonsense\r\n", b"<p>")),
            ("/bad", answer("200 Fine", "", b"\x89PNG <a href=/never>")),
        ]),
        settings(),
    );
    assert_eq!(*visit.ending("/bad"), Ending::NotHtml("unknown".to_owned()));
    visit.asked_once(&["/", "/good", "/bad"]);
}

fn charsets() {
    let latin = "content-type: text/html; charset=ISO-8859-1\r\n";
    let visit = Visit::of(
        pages([
            ("/", answer("200 Fine", latin, b"<a href='/gr\xfc\xdfe'>")),
            ("/gr%C3%BC%C3%9Fe", html(b"<meta charset=windows-1252><a href=/\x80>")),
            ("/%E2%82%AC", html(b"\xff\xfe<\0a\0 \0h\0r\0e\0f\0=\0/\0\xfc\0>\0")),
            ("/%C3%BC", html("")),
        ]),
        settings(),
    );
    visit.asked_once(&["/", "/gr%C3%BC%C3%9Fe", "/%E2%82%AC", "/%C3%BC"]);
}
