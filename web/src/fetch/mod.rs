//! Fetching one page of one host: politely, within its limits, and again where that is worth it.

mod answer;
mod client;
mod pace;
mod retry;

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use reqwest::{Response, Url};
use tokio::{sync::Semaphore, task, time::sleep};

pub(crate) use self::{
    answer::{Answer, Wanted},
    client::ROBOT,
};
use self::{client::Clients, pace::Pace, retry::Budget};
use crate::{Failure, Settings};

/// Fetches pages of one host. Only on the network's thread.
#[derive(Debug)]
pub(crate) struct Fetcher {
    clients: Clients,
    settings: Arc<Settings>,
    connections: Semaphore,
    pace: Pace,
    retries: Budget,
}

/// What became of a request: the status of the last answer, if one came, and the answer.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) status: Option<u16>,
    pub(crate) answer: Result<Answer, Failure>,
}

/// What became of one attempt.
struct Attempt {
    fetched: Fetched,
    again: Again,
}

/// Whether to ask again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// It would be of no use.
    Never,
    /// After a while.
    Later,
    /// When the whole host has had its pause.
    WithTheHost,
}

impl Fetcher {
    pub(crate) fn new(settings: Arc<Settings>) -> Result<Self, Failure> {
        Ok(Self {
            clients: Clients::new(&settings).map_err(|error| answer::failure(&error))?,
            connections: Semaphore::new(settings.connections.max(1)),
            pace: Pace::new(settings.delay),
            retries: Budget::new(settings.retry_budget),
            settings,
        })
    }

    /// Fetches what is at `url`, and follows nothing.
    pub(crate) async fn get(&self, url: &Url, wanted: Wanted) -> Fetched {
        for attempt in 0..self.settings.retries {
            let Attempt { fetched, again } = self.attempt(url, wanted, attempt).await;
            if again == Again::Never || !self.retries.take() {
                return fetched;
            }
            if again == Again::Later {
                sleep(retry::backoff(&self.settings, attempt)).await;
            }
        }
        self.attempt(url, wanted, self.settings.retries).await.fetched
    }

    /// From now on, lets at least `delay` pass between two requests.
    pub(crate) fn slow_down(&self, delay: Duration) {
        self.pace.slow_down(delay);
    }

    /// Asks once, when there is a connection and it is our turn.
    async fn attempt(&self, url: &Url, wanted: Wanted, attempt: u32) -> Attempt {
        let connection = self.connections.acquire().await.expect("it is never closed");
        self.pace.turn().await;
        let attempted = self.ask(url, wanted, attempt).await;
        // Whoever keeps the connection takes it back now, before it is somebody else's turn.
        task::yield_now().await;
        drop(connection);
        attempted
    }

    async fn ask(&self, url: &Url, wanted: Wanted, attempt: u32) -> Attempt {
        let response = match self.send(url).await {
            Ok(response) => response,
            Err(error) => return Attempt::without_answer(&error),
        };
        let status = response.status();
        // Some hosts say no with numbers that mean nothing to anybody else.
        if !status.is_success() && !status.is_redirection() {
            return self.refused(&response, attempt);
        }
        let answer = answer::read(response, wanted, &self.settings).await;
        Attempt { fetched: Fetched { status: Some(status.as_u16()), answer }, again: Again::Never }
    }

    async fn send(&self, url: &Url) -> reqwest::Result<Response> {
        self.clients.of(url, &self.settings).await?.get(url.clone()).send().await
    }

    /// The other side says no; if the whole host is busy, it is left in peace.
    fn refused(&self, response: &Response, attempt: u32) -> Attempt {
        let status = response.status().as_u16();
        let again = if retry::is_host_busy(status) {
            let asked = retry::retry_after(response.headers(), SystemTime::now());
            let pause = asked.unwrap_or_else(|| retry::backoff(&self.settings, attempt));
            self.pace.keep_peace(pause.min(self.settings.max_pause));
            Again::WithTheHost
        } else if retry::is_passing(status) {
            Again::Later
        } else {
            Again::Never
        };
        let answer = Err(Failure::Status(status));
        Attempt { fetched: Fetched { status: Some(status), answer }, again }
    }
}

impl Attempt {
    fn without_answer(error: &reqwest::Error) -> Self {
        let failure = answer::failure(error);
        // Who cannot be reached may be reached soon; who is slow or talks nonsense will go on.
        let again = match failure {
            Failure::Connection(_) => Again::Later,
            Failure::BadAnswer(_) if answer::has_hung_up(error) => Again::Later,
            _ => Again::Never,
        };
        Self { fetched: Fetched { status: None, answer: Err(failure) }, again }
    }
}

impl Fetched {
    /// Whether the other side said that there is nothing there, and not only that it is busy.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self.status, Some(400..=428 | 430..=499))
    }
}
