//! A site of problem 1242 as it is served at an address.

use std::net::SocketAddr;

use problems::p1242_web_crawler_multithreaded::{Site, host_of};
use url::Url;

/// Where the page at `url` is served, if the host of `site`'s start is what listens at `address`. Other
/// hosts keep their names: whoever asks them asks somebody else.
pub fn hosted(site: &Site, url: &str, address: SocketAddr) -> Option<Url> {
    let home = host_of(site.start());
    if host_of(url) != home {
        return Url::parse(url).ok();
    }
    Url::parse(&url.replacen(home, &address.to_string(), 1)).ok()
}

/// All pages of `site` on the host of its start, each with its links, as they are served at `address`.
pub fn hosted_pages(site: &Site, address: SocketAddr) -> Vec<(Url, Vec<Url>)> {
    let is_ours = |url: &str| host_of(url) == host_of(site.start());
    let ours = site.urls().iter().filter(|url| is_ours(url));
    let served = |url: &str| hosted(site, url, address);
    ours.filter_map(|url| Some((served(url)?, site.links(url).filter_map(served).collect())))
        .collect()
}

#[cfg(test)]
mod tests {
    use problems::p1242_web_crawler_multithreaded::Site;

    use super::hosted_pages;

    #[test]
    fn only_the_starts_host_moves() {
        let urls = ["http://h.org", "http://h.org.evil/", "http://h.org/h.org/"];
        let site = Site::new(urls, &[(0, 1), (0, 2), (1, 2), (2, 0)], 0);
        let pages = hosted_pages(&site, ([127, 0, 0, 1], 8080).into());
        let told: Vec<String> = pages
            .iter()
            .map(|(url, links)| {
                links.iter().fold(url.to_string(), |line, to| format!("{line} {to}"))
            })
            .collect();
        assert_eq!(
            told,
            [
                "http://127.0.0.1:8080/ http://h.org.evil/ http://127.0.0.1:8080/h.org/",
                "http://127.0.0.1:8080/h.org/ http://127.0.0.1:8080/"
            ]
        );
    }
}
