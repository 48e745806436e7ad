//! `judge crawl`: a solution of problem 1242 on a real site.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use clap::{Args, ValueEnum, ValueHint};
use problems::p1242_web_crawler_multithreaded::{Crawl as Solution, crawler, crawlers};
use web::{Crawled, Ending, Halt, RobotsRule, Settings};

use super::{
    CommandError,
    keep::failed,
    signals,
    values::{count, duration},
};
use crate::{
    Exit, Stop, UnknownName,
    report::{
        crawl::{Reporter, Telling},
        graph::Picture,
    },
};

/// How often a signal is looked for: a crawl that is stopped ends within a fifth of a second.
const GLANCE: Duration = Duration::from_millis(10);

/// Crawls the pages of one host with a solution of problem 1242
#[derive(Debug, Args)]
pub(super) struct Crawl {
    /// Where to begin: an http or https address. No other host is asked for anything
    #[arg(value_hint = ValueHint::Url)]
    url: String,

    /// The solution that crawls
    #[arg(long = "impl", value_name = "NAME", default_value = "async")]
    solution: String,

    /// How many pages are fetched at the same time, each over a connection of its own
    #[arg(long, value_name = "N", default_value = "8", value_parser = workers)]
    workers: u64,

    /// How many pages are asked for
    #[arg(long, value_name = "N", default_value = "1_000", value_parser = count)]
    max_pages: u64,

    /// How many links away from the start a page may be
    #[arg(long, value_name = "N", default_value = "32")]
    max_depth: usize,

    /// The least time between the beginnings of two requests: 500ms, 2s
    #[arg(long, value_name = "T", value_parser = duration)]
    delay: Option<Duration>,

    /// How long one answer may take, in seconds, or with a unit: 500ms, 2s
    #[arg(long, value_name = "T", default_value = "10s", value_parser = duration)]
    timeout: Duration,

    /// How large a page may be after decompression, in bytes, or with a unit: 500kB, 4MB
    #[arg(long, value_name = "SIZE", default_value = "4MB", value_parser = size)]
    max_body: usize,

    /// Asks for pages that robots.txt forbids
    #[arg(long)]
    ignore_robots: bool,

    /// What the report looks like
    #[arg(long, default_value = "human")]
    format: Format,

    /// Writes who links to whom: a picture, Graphviz's text, or JSON, by the name's ending
    #[arg(long, value_name = "FILE.svg|.dot|.json", value_hint = ValueHint::FilePath)]
    graph: Option<PathBuf>,
}

/// What the report looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people
    Human,
    /// One JSON object a line
    Json,
}

impl Crawl {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let home = web::start(&self.url).map_err(CommandError::usage)?;
        let solution = self.solution()?;
        let picture = self.picture()?;
        let stop = Stop::default();
        signals::listen(&stop).map_err(|source| CommandError::Io {
            what: "cannot listen to signals".into(),
            source,
        })?;
        let telling = match self.format {
            Format::Human => Telling::Human,
            Format::Json => Telling::Json,
        };
        let reporter = Arc::new(Reporter::new(telling, &home, &self.solution, self.workers));
        let crawled = self.crawl(&home, solution, &stop, &reporter)?;
        reporter.end(&crawled, stop.signal().is_some());
        if let Some((file, picture)) = picture {
            rewrite(file, &picture.of(home.as_str(), &crawled)).map_err(self.cannot_write())?;
        }
        Ok(signals::exit(&stop).unwrap_or_else(|| exit(&crawled)))
    }

    /// Crawls until it is done, or a signal comes.
    fn crawl(
        &self,
        home: &web::Url,
        solution: Solution,
        stop: &Stop,
        reporter: &Arc<Reporter>,
    ) -> Result<Crawled, CommandError> {
        let (halt, watched) = (Halt::default(), Arc::clone(reporter));
        let (done, until) = mpsc::channel();
        let crawled = thread::scope(|scope| {
            let halt = &halt;
            scope.spawn(move || pass_on(stop, halt, &until));
            let crawled = web::crawl(home, solution, self.settings(), halt, {
                let halt = halt.clone();
                move |page| {
                    // `judge crawl | head`: what nobody reads is asked of nobody.
                    if !watched.tell(page) {
                        halt.raise();
                    }
                }
            });
            drop(done);
            crawled
        });
        crawled.map_err(|source| CommandError::Io { what: "cannot crawl".into(), source })
    }

    fn solution(&self) -> Result<Solution, CommandError> {
        let unknown = || UnknownName::new("solution", &self.solution, crawlers());
        Ok(crawler(&self.solution).ok_or_else(unknown)?)
    }

    fn settings(&self) -> Settings {
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let robots = if self.ignore_robots { RobotsRule::Ignore } else { RobotsRule::Honour };
        let default = Settings::default();
        Settings {
            connections: whole(self.workers),
            delay: self.delay.unwrap_or_default(),
            timeout: self.timeout,
            read_timeout: default.read_timeout.min(self.timeout),
            max_body: self.max_body,
            max_pages: whole(self.max_pages),
            max_depth: self.max_depth,
            robots,
            ..default
        }
    }

    /// The file of the graph, and what it is to hold. It is opened before the crawl, so that nobody
    /// waits for a crawl that cannot be drawn, and keeps what it has until there is something new.
    fn picture(&self) -> Result<Option<(File, Picture)>, CommandError> {
        let Some(name) = &self.graph else { return Ok(None) };
        let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let picture = Picture::named(ending).ok_or_else(|| {
            let name = name.display();
            CommandError::Usage(format!("the graph {name} must end in .svg, .dot or .json"))
        })?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(name);
        Ok(Some((file.map_err(self.cannot_write())?, picture)))
    }

    /// What to say when the graph cannot be written.
    fn cannot_write(&self) -> impl FnOnce(io::Error) -> CommandError {
        failed("write", self.graph.as_deref().unwrap_or(Path::new("the graph")))
    }
}

/// Ends the crawl when a signal comes, until the other end of `until` is gone.
fn pass_on(stop: &Stop, halt: &Halt, until: &Receiver<()>) {
    while until.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
        if stop.signal().is_some() {
            halt.raise();
        }
    }
}

fn rewrite(mut file: File, text: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(text.as_bytes())
}

/// A crawl whose start could not be had says nothing about the site.
fn exit(crawled: &Crawled) -> Exit {
    let start = crawled.pages.iter().find(|page| page.depth == 0);
    match start.map(|page| &page.ending) {
        None | Some(Ending::Failed(_)) => Exit::Inconclusive,
        Some(_) => Exit::Accepted,
    }
}

/// Reads how many may fetch at a time: more than that is no help to anybody.
fn workers(text: &str) -> Result<u64, String> {
    count(text).and_then(|workers| match workers {
        1..=256 => Ok(workers),
        _ => Err("must be at most 256".to_owned()),
    })
}

/// Reads a size: a number of bytes, or one with a unit.
fn size(text: &str) -> Result<usize, String> {
    let lower = text.to_ascii_lowercase();
    let units = [
        ("kib", 1 << 10),
        ("mib", 1 << 20),
        ("kb", 1_000),
        ("mb", 1_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("b", 1),
        ("", 1),
    ];
    let found = units.iter().find_map(|(unit, bytes)| Some((lower.strip_suffix(unit)?, *bytes)));
    let (number, unit) = found.unwrap_or((&lower, 1));
    let number: usize = number
        .trim()
        .replace('_', "")
        .parse()
        .map_err(|_| "must be a size, such as 500kB or 4MB".to_owned())?;
    match number.checked_mul(unit) {
        Some(size @ 1..=1_000_000_000) => Ok(size),
        _ => Err("must be from 1 byte to 1000MB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_units() {
        let sizes = ["1", "10b", "500kB", "4M", "1_000", "2 MiB"].map(size);
        assert_eq!(sizes.map(Result::ok), [1, 10, 500_000, 4_000_000, 1_000, 2 << 20].map(Some));
        for text in ["", "0", "-1", "4GB", "MB", "1.5MB", "99999MB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
