//! `judge crawl` on a site of the loopback: what people and programs see, and what is left when
//! somebody has had enough.

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    process::Stdio,
    time::Duration,
};

use insta::Settings;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use web::{
    Url,
    site::{Links, SiteServer},
};

use super::{judge, run, written};

/// A site of `pages` pages, each of which links to two others, to one that is missing, and to
/// another host.
fn site(pages: usize, latency: Duration) -> SiteServer {
    let page = |home: &Url, page: usize| {
        let to = |link: &str| home.join(link).expect("it is a URL");
        let others = [1, 2].map(|step| to(&format!("/{}", (page * 2 + step) % pages)));
        let links = others.into_iter().chain([to("/missing"), to("http://elsewhere.example/")]);
        (to(&format!("/{page}")), links.collect())
    };
    let start = |address| {
        let home = Url::parse(&format!("http://{address}/")).expect("it is a URL");
        (0..pages).map(|number| page(&home, number)).collect()
    };
    SiteServer::start(start, Links::Plain, latency).expect("there is a port")
}

/// What does not repeat is masked: ports and times.
fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../snapshots/cli");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"127\.0\.0\.1:\d+", "HOST");
    settings.add_filter(r" +\d+\.\d ms", "    TIME ms");
    settings.add_filter(r"in \d+\.\d+ s, [\d,]+ pages", "in TIME s, MANY pages");
    settings
}

#[test]
fn people_see_a_line_for_each_page_and_a_summary() {
    let server = site(5, Duration::ZERO);
    let address = server.address();
    let assert =
        run(judge(&format!("crawl http://{address}/0 --impl condvar --workers 1"))).code(0);
    let [stdout, stderr] = written(&assert);
    settings().bind(|| insta::assert_snapshot!("crawl", stdout + &stderr));
    assert!(server.stats().requests().values().all(|&times| times == 1));
}

#[test]
fn programs_see_a_record_for_each_page() {
    let server = site(40, Duration::ZERO);
    let command = format!("crawl http://{}/0 --format json --max-pages 30", server.address());
    let [stdout, stderr] = written(&run(judge(&command)).code(0));
    assert_eq!(stderr, "");
    let records: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let of = |kind: &str| records.iter().filter(|record| record["type"] == kind).count();
    assert_eq!((of("start"), of("page"), of("end")), (1, 30, 1));
    let end = records.last().expect("there is an end");
    assert_eq!((&end["pages"], &end["found"], &end["failed"]), (&30.into(), &30.into(), &1.into()));
    assert_eq!(end["stopped"], false);
    assert_eq!(server.stats().requests().len(), 31, "and robots.txt");
}

#[test]
fn the_graph_is_written_in_the_format_of_its_name() {
    let server = site(5, Duration::ZERO);
    let folder = tempfile::tempdir().expect("there is room");
    let graph = |name: &str| {
        let file = folder.path().join(name);
        let command = format!("crawl http://{}/0 --graph {}", server.address(), file.display());
        run(judge(&command)).code(0);
        fs::read_to_string(file).expect("it has been written")
    };
    let json: Value = serde_json::from_str(&graph("site.json")).expect("it is JSON");
    assert_eq!(json["pages"].as_array().map(Vec::len), Some(6));
    settings().bind(|| {
        insta::assert_snapshot!("crawl-graph-dot", graph("site.dot"));
        insta::assert_snapshot!("crawl-graph-svg", graph("site.svg"));
    });
}

#[test]
fn a_graph_that_cannot_be_written_is_told_before_anything_is_asked() {
    let server = site(5, Duration::ZERO);
    let home = format!("http://{}/0", server.address());
    let [stdout, stderr] =
        written(&run(judge(&format!("crawl {home} --graph /no/such/folder/site.svg"))).code(3));
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: cannot write /no/such/folder/site.svg: "), "{stderr}");
    assert!(server.stats().requests().is_empty());
}

#[test]
fn what_nobody_reads_is_not_asked_for() {
    let server = site(2_000, Duration::from_millis(1));
    let (reader, writer) = io::pipe().expect("there is room for a pipe");
    drop(reader);
    let home = format!("http://{}/0", server.address());
    let mut command = judge(&format!("crawl {home} --max-pages 2_000"));
    let status = command.stdout(writer).status().expect("it starts");
    assert_eq!(status.code(), Some(0));
    assert!(server.stats().requests().len() < 2_000);
}

#[test]
fn what_cannot_be_crawled_is_refused_in_one_sentence() {
    let lines = [
        "crawl example.com",
        "crawl localhost:8080",
        "crawl ftp://example.com/",
        "crawl http://",
        "crawl http://example.com:99999/",
        "crawl http://example.com/ --impl semafore",
        "crawl http://example.com/ --graph site.png",
        "crawl http://example.com/ --workers 0",
        "crawl http://example.com/ --workers 1000",
        "crawl http://example.com/ --max-body 5TB",
        "crawl http://example.com/ --timeout never",
        "run 1115 --site http",
        "run 1242 --site http --case traps",
    ];
    let told = lines.map(|line| {
        let [stdout, stderr] = written(&run(judge(line)).code(2));
        assert_eq!(stdout, "", "{line}");
        // What clap says goes on with how help is to be had.
        let said: Vec<&str> = stderr.lines().take_while(|line| !line.is_empty()).collect();
        format!("$ judge {line}\n{}\n", said.join("\n"))
    });
    settings().bind(|| insta::assert_snapshot!("crawl-refusals", told.concat()));
}

#[test]
fn a_machine_without_certificates_can_crawl_http() {
    let server = site(5, Duration::ZERO);
    let mut command = judge(&format!("crawl http://{}/0", server.address()));
    command.env("SSL_CERT_FILE", "/dev/null").env("SSL_CERT_DIR", "/no/such/folder");
    run(command).code(0);
}

#[test]
fn solutions_are_judged_over_http_in_a_worker() {
    let assert = run(judge("run 1242 --site http --iters 100")).code(0);
    let [stdout, stderr] = written(&assert);
    assert!(stdout.contains("\n6 accepted\n"), "{stdout}{stderr}");
    let assert = run(judge("run 1242 --site http --impl seen-when-fetched --iters 100")).code(1);
    let [stdout, stderr] = written(&assert);
    assert!(stdout.contains("invariant violated"), "{stdout}{stderr}");
}

#[test]
fn a_start_that_cannot_be_had_is_inconclusive() {
    let address = site(1, Duration::ZERO).address();
    let command = format!("crawl http://{address}/none --ignore-robots --format json");
    run(judge(&command)).code(5);
}

#[test]
fn an_interrupted_crawl_keeps_what_it_found() {
    let server = site(10_000, Duration::from_millis(5));
    let mut command =
        judge(&format!("crawl http://{}/0 --format json --max-pages 10_000", server.address()));
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    let mut lines = [String::new(), String::new(), String::new()];
    for line in &mut lines {
        stdout.read_line(line).expect("it is text");
    }
    kill_process(Pid::from_child(&child), Signal::INT).expect("it still runs");
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("it is text");
    assert_eq!(child.wait().expect("it has ended").code(), Some(130));
    let end = rest.lines().next_back().expect("there is an end");
    let end: Value = serde_json::from_str(end).expect("it is JSON");
    assert_eq!(end["stopped"], true);
    assert!(end["pages"].as_u64() >= Some(2), "{end}");
    assert!(end["pages"].as_u64() < Some(10_000), "{end}");
}
