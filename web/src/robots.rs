//! What the host wants left alone.

use std::time::Duration;

use robotxt::{AccessResult, Agent, Robots};
use url::Url;

use crate::{
    Failure, address,
    fetch::{Answer, Fetcher, ROBOT, Wanted},
};

/// How many redirects of robots.txt are followed, as RFC 9309 has it.
const HOPS: usize = 5;

/// What the host wants left alone.
#[derive(Debug)]
pub(crate) struct Rules(Result<Robots, Failure>);

impl Rules {
    /// Nothing is to be left alone.
    pub(crate) fn none() -> Self {
        Self(Ok(Robots::allow_all()))
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
        Self(Ok(Robots::from_access(result, Agent::Exact(ROBOT))))
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
}
