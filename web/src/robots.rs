//! What the host wants left alone.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use robotxt::{AccessResult, Agent, Robots};
use tokio::task::spawn_blocking;
use url::Url;

use crate::{
    Failure, address,
    fetch::{Answer, Fetcher, ROBOT, Wanted},
};

/// How many redirects of robots.txt are followed, as RFC 9309 has it.
const HOPS: usize = 5;

/// The most rules that are looked through on the network's thread. Half a megabyte of robots.txt is
/// read, which may be fifty thousand.
const FEW: usize = 500;

/// What the host wants left alone.
#[derive(Debug)]
pub(crate) struct Rules(Result<Arc<Robots>, Failure>);

impl Rules {
    /// Nothing is to be left alone.
    pub(crate) fn none() -> Self {
        Self(Ok(Arc::new(Robots::allow_all())))
    }

    /// Reads the rules of the host of `home`.
    pub(crate) async fn fetch(fetcher: &Fetcher, home: &Url) -> Self {
        let Some(mut url) = address::join(home, "/robots.txt") else { return Self::none() };
        for _ in 0..=HOPS {
            let answered = fetcher.get(&url, Wanted::Anything).await;
            match answered.answer {
                Ok(Answer::Body { bytes, .. }) => {
                    return Self::read(AccessResult::Successful(&bytes));
                }
                Ok(Answer::Redirect(to)) => match address::join(&url, &to) {
                    Some(next) if address::is_same_site(&next, home) => url = next,
                    // Another host is not asked, whatever it is about.
                    _ => break,
                },
                Ok(Answer::Other(_)) => break,
                Err(_) if answered.is_missing() => break,
                // Who cannot say what is allowed allows nothing.
                Err(failure) => return Self(Err(failure)),
            }
        }
        Self::read(AccessResult::Unavailable)
    }

    fn read(result: AccessResult<'_>) -> Self {
        Self(Ok(Arc::new(Robots::from_access(result, Agent::Exact(ROBOT)))))
    }

    /// The least time between two requests, if the host asks for one.
    pub(crate) fn delay(&self) -> Option<Duration> {
        self.0.as_ref().ok()?.crawl_delay()
    }

    /// Why `url` must not be asked for, if it must not.
    pub(crate) fn forbid(&self, url: &Url) -> Option<Failure> {
        match &self.0 {
            Ok(robots) => (!robots.is_url_allowed(url)).then_some(Failure::Forbidden),
            Err(failure) => Some(Failure::NoRules(Box::new(failure.clone()))),
        }
    }

    /// Whether there is nothing that must not be asked for.
    pub(crate) fn allow_all(&self) -> bool {
        self.0.as_ref().is_ok_and(|robots| robots.always() == Some(true))
    }

    /// Those of `urls` that must not be asked for. What takes longer than `most` to tell must not either.
    pub(crate) async fn forbidden(&self, urls: Vec<Url>, most: Duration) -> HashSet<Url> {
        match &self.0 {
            Ok(robots) if robots.rules().len() <= FEW => forbidden(robots, urls, most),
            Ok(robots) => {
                let robots = Arc::clone(robots);
                let forbidden = spawn_blocking(move || forbidden(&robots, urls, most)).await;
                forbidden.expect("matching does not panic")
            }
            Err(_) => urls.into_iter().collect(),
        }
    }
}

fn forbidden(robots: &Robots, urls: Vec<Url>, most: Duration) -> HashSet<Url> {
    let begun = Instant::now();
    let is_forbidden = |url: &Url| begun.elapsed() > most || !robots.is_url_allowed(url);
    urls.into_iter().filter(is_forbidden).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use robotxt::Robots;
    use url::Url;

    use super::forbidden;

    /// How many of the URLs with these paths are forbidden, if there is so much time.
    fn count(paths: &[&str], most: Duration) -> usize {
        let robots = Robots::parse(b"User-agent: *\nDisallow: /a*c", "judge-crawl");
        let url = |path: &&str| Url::parse(&format!("http://h.org{path}")).expect("it is a URL");
        forbidden(&robots, paths.iter().map(url).collect(), most).len()
    }

    #[test]
    fn what_cannot_be_told_in_time_is_forbidden() {
        let paths = ["/abc", "/ab", "/c"];
        assert_eq!(count(&paths, Duration::from_mins(1)), 1);
        assert_eq!(count(&paths, Duration::ZERO), 3);
    }
}
