//! One of our crawlers on a site, as a process of its own, so that its memory can be measured: prints
//! how many pages it read, and the most memory it had, in KiB.

#![expect(clippy::print_stdout, reason = "the numbers are what this is for")]

use std::{env::args, fs};

use problems::p1242_web_crawler_multithreaded::crawler;
use web::{Halt, RobotsRule, Settings, crawl, start};

fn main() {
    let [solution, url, connections] = <[String; 3]>::try_from(args().skip(1).collect::<Vec<_>>())
        .expect("the arguments are a solution, a URL and a number of connections");
    let solution = crawler(&solution).expect("the first argument is a solution");
    let home = start(&url).expect("the second argument is a URL");
    let settings = Settings {
        connections: connections.parse().expect("the third argument is a number"),
        max_pages: 1_000_000,
        robots: RobotsRule::Ignore,
        ..Settings::default()
    };
    let crawled = crawl(&home, solution, settings, &Halt::default(), |_| {});
    let crawled = crawled.expect("there are threads and sockets");
    println!("{} {}", crawled.pages.len(), peak_memory_kib());
}

/// The most memory that this process has had.
fn peak_memory_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok()).unwrap_or_default()
}
