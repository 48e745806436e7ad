//! Crawls the site at the first argument with as many requests at a time as the second says.

use std::env::args;

use spider::{configuration::Configuration, website::Website};

#[tokio::main]
async fn main() {
    let mut arguments = args().skip(1);
    let url = arguments.next().expect("the first argument is a URL");
    let limit = arguments.next().and_then(|limit| limit.parse().ok());
    let mut website = Website::new(&url);
    website.configuration = Box::new(Configuration::new());
    website.with_respect_robots_txt(false).with_delay(0).with_concurrency_limit(limit);
    website.crawl().await;
    println!("{}", website.get_links().len());
}
