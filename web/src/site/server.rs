//! Serves a site on the loopback.

use std::{
    collections::HashMap,
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;
use url::Url;

use super::{Latency, Links, Stats, connection::Counting, latency::Waits, shapes};
use crate::network::Network;

/// A server of pages on the loopback, for as long as this lives. Whatever the host: it serves all.
pub struct SiteServer {
    address: SocketAddr,
    stats: Arc<Stats>,
    /// Stopped when dropped.
    _network: Network,
}

/// What answers need.
#[derive(Clone)]
struct Site {
    /// The pages, by URL.
    pages: Arc<HashMap<String, Arc<str>>>,
    waits: Waits,
    stats: Arc<Stats>,
}

impl SiteServer {
    /// Serves the pages that `site` gives for the server's address, at any port that is free: each a
    /// URL, and the URLs it links to.
    ///
    /// # Errors
    ///
    /// If the system has no more sockets or threads.
    pub fn start(
        site: impl FnOnce(SocketAddr) -> Vec<(Url, Vec<Url>)>,
        links: Links,
        latency: Latency,
    ) -> io::Result<Self> {
        Self::start_at(0, site, links, latency)
    }

    /// The same at `port`.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), and if somebody else is at the port.
    pub fn start_at(
        port: u16,
        site: impl FnOnce(SocketAddr) -> Vec<(Url, Vec<Url>)>,
        links: Links,
        latency: Latency,
    ) -> io::Result<Self> {
        let network = Network::start()?;
        let listener = network.handle().block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))?;
        let address = listener.local_addr()?;
        let write = |(url, targets): (Url, Vec<Url>)| {
            let page = shapes::page(&url, &targets, links);
            (String::from(url), Arc::from(page))
        };
        let pages = Arc::new(site(address).into_iter().map(write).collect());
        let stats = Arc::new(Stats::default());
        let waits = Waits::start(latency)?;
        let site = Site { pages, waits, stats: Arc::clone(&stats) };
        let counting = Counting { listener, stats: Arc::clone(&stats) };
        let router = Router::new().fallback(answer).with_state(site);
        network.handle().spawn(async move { axum::serve(counting, router).await });
        Ok(Self { address, stats, _network: network })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it saw.
    pub fn stats(&self) -> &Stats {
        &self.stats
    }
}

async fn answer(State(site): State<Site>, request: Request) -> Response {
    let url = asked(&request);
    let page = site.pages.get(&url).map(Arc::clone);
    site.stats.ask(url);
    site.waits.pass().await;
    match page {
        Some(page) => {
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.to_string()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The URL that is asked for, put together again.
fn asked(request: &Request) -> String {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    format!("http://{}{}", host.unwrap_or_default(), request.uri())
}

impl fmt::Debug for SiteServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SiteServer on {}", self.address)
    }
}
