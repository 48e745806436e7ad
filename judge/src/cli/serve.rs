//! `judge serve`: a site of problem 1242 on the loopback, to crawl.

use std::{thread, time::Duration};

use clap::Args;
use problems::p1242_web_crawler_multithreaded::{Input, PROBLEM};
use web::site::{Links, SiteServer, hosted, hosted_pages};

use super::{CommandError, signals};
use crate::{
    Exit, Stop,
    report::{self, serve},
};

/// How often a signal is looked for.
const GLANCE: Duration = Duration::from_millis(20);

/// Serves a site on this machine, for judge crawl to try itself on
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// A site of problem 1242, by the name of a case or as an input: "random 300 seed 7, 15 ms". A time
    /// is what each page takes; see judge show 1242
    #[arg(default_value = "random 300 seed 7, 15 ms")]
    site: String,

    /// The port to listen at, on 127.0.0.1 only; any that is free if not told
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
}

impl Serve {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let case = PROBLEM.cases.iter().find(|case| case.name == self.site);
        let input = case.map_or(self.site.as_str(), |case| case.input);
        let Input { site, latency, .. } = web::servable(input).map_err(CommandError::usage)?;
        let stop = Stop::default();
        let failed = |source| CommandError::Io { what: "cannot serve".into(), source };
        signals::listen(&stop).map_err(failed)?;
        let (latency, pages) = (latency.unwrap_or_default(), |at| hosted_pages(&site, at));
        let server =
            SiteServer::start_at(self.port, pages, Links::Wild, latency).map_err(failed)?;
        let home = hosted(&site, site.start(), server.address()).expect("what is served is a URL");
        let reachable = site.distances().into_iter().flatten().count();
        report::print(&serve::heading(&home, reachable, latency));
        while stop.signal().is_none() {
            thread::sleep(GLANCE);
        }
        report::print(&serve::summary(server.stats()));
        Ok(signals::exit(&stop).unwrap_or(Exit::Accepted))
    }
}
