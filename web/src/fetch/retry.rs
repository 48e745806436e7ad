//! Asking again: what is worth it, how often, and after how long.

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::{Duration, SystemTime},
};

use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::Settings;

/// How often pages may be asked for again, all together: a site that is down gets no storm.
///
/// Relaxed is enough: nothing else is passed along with it.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    pub(super) fn new(retries: u32) -> Self {
        Self(AtomicU32::new(retries))
    }

    /// Takes one, if one is left.
    pub(super) fn take(&self) -> bool {
        self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

/// Whether the whole host is too busy, and not only this page in trouble.
pub(super) fn is_host_busy(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// Whether the same question may get a better answer soon.
pub(super) fn is_passing(status: u16) -> bool {
    is_host_busy(status) || matches!(status, 500 | 502 | 504)
}

/// How long to wait before asking for the `attempt`th time, counted from zero: twice as long each
/// time, give or take a half, so that those who failed together do not come back together.
pub(super) fn backoff(settings: &Settings, attempt: u32) -> Duration {
    let wait = settings.backoff * 2_u32.saturating_pow(attempt);
    wait.mul_f64(0.5 + fastrand::f64()).min(settings.max_pause)
}

/// How long the other side wants us to wait: a number of seconds, or a date.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::{Budget, backoff, retry_after};
    use crate::Settings;

    fn asked_for(text: &'static str) -> Option<Duration> {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]);
        retry_after(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777))
    }

    #[test]
    fn waits_are_asked_for_in_seconds_or_by_date() {
        assert_eq!(asked_for("120"), Some(Duration::from_mins(2)));
        assert_eq!(asked_for("Sun, 06 Nov 1994 08:50:37 GMT"), Some(Duration::from_mins(1)));
        assert_eq!(asked_for("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(asked_for("soon"), None);
        assert_eq!(asked_for("-1"), None);
    }

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        let settings = Settings::default();
        for attempt in 0..40 {
            let wait = backoff(&settings, attempt);
            assert!(wait >= settings.backoff / 2 && wait <= settings.max_pause, "{wait:?}");
        }
    }

    #[test]
    fn a_budget_is_used_up() {
        let budget = Budget::new(2);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
    }
}
