//! Values of options, as people write them.

use std::time::Duration;

/// Reads a count, underscores allowed.
pub(super) fn count(text: &str) -> Result<u64, String> {
    const MOST: u64 = 1_000_000_000_000;
    let count: u64 = text
        .replace('_', "")
        .parse()
        .map_err(|_| "must be a whole number, such as 10000 or 10_000".to_owned())?;
    match count {
        0 => Err("must be at least 1".to_owned()),
        1..=MOST => Ok(count),
        _ => Err("must be at most 1_000_000_000_000".to_owned()),
    }
}

/// Reads a duration: a number of seconds, or one with the unit ms or s.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s').unwrap_or(text), 1.0),
    };
    let seconds: f64 =
        number.trim().parse().map_err(|_| "must be a duration, such as 500ms or 2s".to_owned())?;
    let seconds = seconds * unit;
    if !(0.001..=86_400.0).contains(&seconds) {
        return Err("must be from 1ms to a day".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{count, duration};

    #[test]
    fn counts_may_have_underscores() {
        assert_eq!((count("10000"), count("10_000")), (Ok(10_000), Ok(10_000)));
    }

    #[test]
    fn absurd_counts_are_refused() {
        for text in ["0", "-1", "ten", "", "_", "1e3", "99999999999999"] {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        assert_eq!(duration("1.5"), Ok(Duration::from_millis(1500)));
        for text in ["0", "-1s", "soon", "NaN", "inf", "1e99s"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
