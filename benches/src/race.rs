//! Measuring: contenders take short turns, so that whatever else the machine does falls on all of
//! them alike.

use std::{
    fmt,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

/// How often everything is measured.
const ROUNDS: usize = 7;

/// How many turns each contender has in a round.
const TURNS: u64 = 10;

/// How long a turn takes, about: many times what the system gives to a thread at once.
const TURN: Duration = Duration::from_millis(20);

/// Which time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// That of the calling thread while it runs: for what it does alone and without waiting.
    Thread,
    /// That on the wall.
    Wall,
}

/// Does the same thing as its rivals, as often as it is told to.
pub type Contender<'a> = &'a mut dyn FnMut(u64);

/// What was measured: for each contender, the nanoseconds that the thing took in each round.
#[derive(Debug)]
pub struct Race {
    lanes: Vec<Vec<f64>>,
}

/// How many times one contender's time is another's.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    /// The median over all rounds.
    pub median: f64,
    /// The lowest of a round.
    pub lowest: f64,
    /// The highest of a round.
    pub highest: f64,
}

impl Race {
    /// Lets the contenders take turns.
    pub fn run(clock: Clock, contenders: &mut [Contender<'_>]) -> Self {
        let times: Vec<u64> = contenders.iter_mut().map(|it| times(clock, it)).collect();
        let mut lanes = vec![Vec::with_capacity(ROUNDS); contenders.len()];
        for _ in 0..ROUNDS {
            for ((spent, &times), lane) in
                round(clock, contenders, &times).iter().zip(&times).zip(&mut lanes)
            {
                lane.push(spent.as_secs_f64() * 1e9 / float(times * TURNS));
            }
        }
        Self { lanes }
    }

    /// How many nanoseconds it took this contender to do the thing once.
    pub fn nanoseconds(&self, contender: usize) -> f64 {
        median(self.lanes[contender].clone())
    }

    /// How often this contender did the thing in a second.
    pub fn per_second(&self, contender: usize) -> f64 {
        1e9 / self.nanoseconds(contender)
    }

    /// How many times the time of `one` is that of `other`.
    pub fn ratio(&self, one: usize, other: usize) -> Ratio {
        let pairs = self.lanes[one].iter().zip(&self.lanes[other]);
        let mut ratios: Vec<f64> = pairs.map(|(one, other)| one / other).collect();
        ratios.sort_by(f64::total_cmp);
        Ratio { lowest: ratios[0], highest: ratios[ROUNDS - 1], median: median(ratios) }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, lowest, highest } = self;
        write!(f, "{median:6.2}  ({lowest:.2} to {highest:.2})")
    }
}

/// A number, exactly where that matters: below 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts of what was measured are far below 2^53")]
fn float(number: u64) -> f64 {
    number as f64
}

/// The time that each contender took for doing the thing `times` times in each of its turns.
fn round(clock: Clock, contenders: &mut [Contender<'_>], times: &[u64]) -> Vec<Duration> {
    let mut spent = vec![Duration::ZERO; contenders.len()];
    for _ in 0..TURNS {
        for ((contender, &times), spent) in contenders.iter_mut().zip(times).zip(&mut spent) {
            *spent += time(clock, contender, times);
        }
    }
    spent
}

fn time(clock: Clock, contender: &mut Contender<'_>, times: u64) -> Duration {
    let (begin, thread_begin) = (Instant::now(), thread_time());
    contender(times);
    match clock {
        Clock::Wall => begin.elapsed(),
        Clock::Thread => thread_time().saturating_sub(thread_begin),
    }
}

fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a thread has run for some time, and not for ages")
}

/// How often `contender` does the thing in one turn; it is warm afterwards.
fn times(clock: Clock, contender: &mut Contender<'_>) -> u64 {
    let mut times = 1;
    loop {
        let taken = time(clock, contender, times);
        if taken >= TURN {
            return times;
        }
        times *= 2;
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::Race;

    #[test]
    fn a_ratio_compares_within_rounds() {
        let lanes = vec![
            vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
            vec![2.0, 4.0, 6.0, 8.0, 10.0, 6.0, 28.0],
        ];
        let race = Race { lanes };
        assert_eq!(race.ratio(1, 0).to_string(), "  2.00  (1.00 to 4.00)");
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "a median is one of the numbers")]
    fn one_bad_round_does_not_count() {
        let race = Race { lanes: vec![vec![4.0, 5.0, 900.0, 4.0, 5.0, 4.0, 4.0]] };
        assert_eq!(race.nanoseconds(0), 4.0);
    }
}
