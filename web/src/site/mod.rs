//! Sites on the loopback: pages of any graph, with links as the real web writes them, and a count of
//! what was asked for.

mod connection;
mod hosted;
mod latency;
mod server;
mod shapes;
mod stats;

pub use self::{
    hosted::{hosted, hosted_pages},
    latency::Latency,
    server::SiteServer,
    shapes::Links,
    stats::Stats,
};
