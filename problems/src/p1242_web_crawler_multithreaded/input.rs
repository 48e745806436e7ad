//! The input of 1242: a site, how many may fetch at a time, and how long a fetch takes.

use std::time::Duration;

use super::{Shape, Site, shape::MOST_PAGES};
use crate::{InputError, number_between};

/// The most fetches at a time.
const MOST_WORKERS: usize = 100;

/// How many fetch at a time where the input does not say.
const WORKERS: usize = 4;

/// The longest that a fetch takes.
const LONGEST_MS: usize = 15;

/// What an input looks like, and its limits.
pub(super) const INPUT: &str = "a site, how many may fetch at a time (4 unless given), and how long \
    a fetch takes in virtual time: \"star 8, 4 workers, 15 ms\", \"random 40 seed 7\". Sites are \
    example 1, example 2, single, self-link, repeated, diamond, traps, chain N, cycle N, star N, \
    broom N, random N seed S, with up to 1000 pages";

/// What is crawled, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The site.
    pub site: Site,
    /// How many pages may be fetched at the same time.
    pub workers: usize,
    /// How long a fetch takes where time is virtual; it is not timed unless given.
    pub latency: Option<Duration>,
}

/// Reads "star 8, 4 workers, 15 ms".
///
/// # Errors
///
/// If it is not one of 1242's inputs.
pub fn read(input: &str) -> Result<Input, InputError> {
    let mut parts = input.split(',').map(str::trim);
    let site = read_shape(parts.next().unwrap_or_default())?.site();
    let (mut workers, mut latency) = (None, None);
    for part in parts {
        let twice = || InputError(format!("{input:?} says twice what {part:?} says"));
        match part.split_whitespace().collect::<Vec<_>>()[..] {
            [count, "worker" | "workers"] => {
                let count = number_between("the number of workers", count, 1..=MOST_WORKERS)?;
                workers.replace(count).map_or(Ok(()), |_| Err(twice()))?;
            }
            [time, "ms"] => {
                let time = number_between("the time of a fetch in ms", time, 1..=LONGEST_MS)?;
                let time = Duration::from_millis(time as u64);
                latency.replace(time).map_or(Ok(()), |_| Err(twice()))?;
            }
            _ => {
                let message = format!("{part:?} must be a number of workers, or a time in ms");
                return Err(InputError(message));
            }
        }
    }
    Ok(Input { site, workers: workers.unwrap_or(WORKERS), latency })
}

fn read_shape(text: &str) -> Result<Shape, InputError> {
    let pages = |count| number_between("the number of pages", count, 1..=MOST_PAGES);
    Ok(match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["example", "1"] => Shape::FirstExample,
        ["example", "2"] => Shape::SecondExample,
        ["single"] => Shape::Single,
        ["self-link"] => Shape::SelfLink,
        ["repeated"] => Shape::Repeated,
        ["diamond"] => Shape::Diamond,
        ["traps"] => Shape::Traps,
        ["chain", count] => Shape::Chain(pages(count)?),
        ["cycle", count] => Shape::Cycle(pages(count)?),
        ["star", count] => {
            Shape::Star(number_between("the number of rays", count, 1..=MOST_PAGES - 1)?)
        }
        ["broom", count] => Shape::Broom(pages(count)?),
        ["random", count, "seed", seed] => {
            let seed = number_between("the seed", seed, 0..=usize::MAX)? as u64;
            Shape::Random { pages: pages(count)?, seed }
        }
        _ => {
            let known = "such as diamond, star 8, or random 40 seed 7";
            return Err(InputError(format!("{text:?} must be a site, {known}")));
        }
    })
}

/// The input that stands for `n` pages: any links, drawn from `n`.
pub(super) fn sized(n: usize) -> Result<String, InputError> {
    number_between("n", &n.to_string(), 1..=MOST_PAGES)?;
    Ok(format!("random {n} seed {n}, {WORKERS} workers"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Input, Shape, read, sized};

    #[track_caller]
    fn refuses(input: &str, message: &str) {
        assert_eq!(read(input).expect_err("is refused").to_string(), message);
    }

    #[test]
    fn a_site_may_stand_alone() {
        let site = Shape::Diamond.site();
        assert_eq!(read("diamond"), Ok(Input { site, workers: 4, latency: None }));
    }

    #[test]
    fn workers_and_time_come_in_any_order() {
        let site = Shape::Star(8).site();
        let latency = Some(Duration::from_millis(15));
        let input = Input { site, workers: 1, latency };
        assert_eq!(read("star 8, 1 worker, 15 ms"), Ok(input.clone()));
        assert_eq!(read(" star  8 ,15 ms, 1 workers"), Ok(input));
    }

    #[test]
    fn an_n_is_so_many_pages() {
        let text = sized(40).expect("is allowed");
        let site = Shape::Random { pages: 40, seed: 40 }.site();
        assert_eq!(read(&text).map(|input| input.site), Ok(site));
        assert!(sized(0).is_err() && sized(1001).is_err());
    }

    #[test]
    fn names_what_is_wrong_and_what_is_allowed() {
        refuses("", "\"\" must be a site, such as diamond, star 8, or random 40 seed 7");
        refuses("star", "\"star\" must be a site, such as diamond, star 8, or random 40 seed 7");
        let rays = "the number of rays is 1000, and must be a number from 1 to 999";
        refuses("star 1000", rays);
        let pages = "the number of pages is 0, and must be a number from 1 to 1000";
        refuses("random 0 seed 1", pages);
        let workers = "the number of workers is 0, and must be a number from 1 to 100";
        refuses("diamond, 0 workers", workers);
        let time = "the time of a fetch in ms is 16, and must be a number from 1 to 15";
        refuses("diamond, 16 ms", time);
        refuses("diamond, fast", "\"fast\" must be a number of workers, or a time in ms");
        let twice = "\"diamond, 1 worker, 2 workers\" says twice what \"2 workers\" says";
        refuses("diamond, 1 worker, 2 workers", twice);
    }
}
