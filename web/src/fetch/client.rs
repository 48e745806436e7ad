//! How the client is set up. It follows no redirect: a redirect is a page with one link, and whoever
//! crawls decides about links.

use std::{net::SocketAddr, sync::Once, time::Duration};

use reqwest::{
    Client, ClientBuilder, Result,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};

use crate::{Names, Settings};

/// Who we are, to those whose pages we fetch.
pub(crate) const USER_AGENT: &str =
    concat!("judge-crawl/", env!("CARGO_PKG_VERSION"), " (LeetCode 1242 in Rust)");

/// How we are called in robots.txt.
pub(crate) const ROBOT: &str = "judge-crawl";

/// How long a connection may stay open without being used.
const IDLE: Duration = Duration::from_secs(15);

/// A client within the limits of `settings`.
pub(super) fn new(settings: &Settings) -> Result<Client> {
    choose_cryptography();
    match settings.names {
        // Without certificates on this machine there is no https, and http goes on.
        Names::System => {
            builder(settings).build().or_else(|_| builder(settings).tls_certs_only([]).build())
        }
        // A web of its own trusts nobody, and a worker that is shut in could not read whom. A proxy
        // would look for the names elsewhere.
        Names::AllTo(address) => builder(settings)
            .dns_resolver(OneAddress(address))
            .no_proxy()
            .tls_certs_only([])
            .build(),
    }
}

fn builder(settings: &Settings) -> ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .timeout(settings.timeout)
        .connect_timeout(settings.timeout)
        .read_timeout(settings.read_timeout)
        .pool_max_idle_per_host(settings.connections)
        .pool_idle_timeout(IDLE)
        .referer(false)
}

/// Every name leads to one address.
struct OneAddress(SocketAddr);

impl Resolve for OneAddress {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Addrs = Box::new(std::iter::once(self.0));
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// The client does not choose by itself. If somebody has chosen before, that is as good.
fn choose_cryptography() {
    static CHOSEN: Once = Once::new();
    CHOSEN.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
