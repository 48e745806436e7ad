//! How the client is set up. It follows no redirect: a redirect is a page with one link, and whoever
//! crawls decides about links.

use std::{env, net::SocketAddr, sync::Once, time::Duration};

use reqwest::{
    Client, ClientBuilder, Result, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};
use tokio::{sync::OnceCell, task::spawn_blocking};

use crate::{Names, Settings};

/// Who we are, to those whose pages we fetch.
pub(crate) const USER_AGENT: &str =
    concat!("judge-crawl/", env!("CARGO_PKG_VERSION"), " (LeetCode 1242 in Rust)");

/// How we are called in robots.txt.
pub(crate) const ROBOT: &str = "judge-crawl";

/// How long a connection may stay open without being used.
const IDLE: Duration = Duration::from_secs(15);

/// The clients within the limits of the settings: one for http, and one for https once it is needed,
/// since it reads all the certificates that the machine trusts.
#[derive(Debug)]
pub(super) struct Clients {
    plain: Client,
    secure: OnceCell<Client>,
}

impl Clients {
    pub(super) fn new(settings: &Settings) -> Result<Self> {
        choose_cryptography();
        let secure = OnceCell::new();
        if is_proxied(settings) {
            // Who knows how the proxy is reached.
            let client = trusting(settings)?;
            return Ok(Self { plain: client.clone(), secure: OnceCell::new_with(Some(client)) });
        }
        Ok(Self { plain: builder(settings).tls_certs_only([]).build()?, secure })
    }

    /// The client for `url`.
    pub(super) async fn of(&self, url: &Url, settings: &Settings) -> Result<&Client> {
        // A web of its own trusts nobody, and a worker that is shut in could not read whom.
        if url.scheme() == "http" || matches!(settings.names, Names::AllTo(_)) {
            return Ok(&self.plain);
        }
        let settings = *settings;
        let client = || async move {
            let client = spawn_blocking(move || trusting(&settings)).await;
            client.expect("setting up a client does not panic")
        };
        self.secure.get_or_try_init(client).await
    }
}

/// A client that trusts whom the machine trusts. Without certificates there is no https.
fn trusting(settings: &Settings) -> Result<Client> {
    builder(settings).build().or_else(|_| builder(settings).tls_certs_only([]).build())
}

/// Whether pages come from somebody who may have to be trusted himself.
fn is_proxied(settings: &Settings) -> bool {
    let names = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    settings.names == Names::System && names.iter().any(|name| env::var_os(name).is_some())
}

fn builder(settings: &Settings) -> ClientBuilder {
    let builder = match settings.names {
        Names::System => Client::builder(),
        // A proxy would look for the names elsewhere.
        Names::AllTo(address) => Client::builder().dns_resolver(OneAddress(address)).no_proxy(),
    };
    builder
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
