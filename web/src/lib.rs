#![doc = include_str!("../README.md")]

mod address;
mod book;
mod crawl;
mod fetch;
mod halt;
mod html;
mod network;
mod page;
mod parser;
mod robots;
mod settings;
mod trial;

pub mod site;

pub use address::{BadStart, start};
pub use book::LeftOut;
pub use crawl::{CrawlDelay, Crawled, crawl};
pub use halt::Halt;
pub use html::{Hrefs, Readers};
pub use page::{Ending, Failure, Page, Shape};
pub use parser::WebParser;
pub use settings::{Names, RobotsRule, Settings};
pub use trial::{servable, trial};
pub use url::Url;
