//! Every choice of one execution: as a value, and as text that fits on a line.
//!
//! Where a schedule ends, the rest follows from habit: whoever runs goes on, the first alternative
//! is picked, and nobody wakes or fails for no reason. A short schedule is therefore an execution with few
//! surprises, which is what shrinking looks for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sync::control::TaskId;
use thiserror::Error;

/// Every choice of one execution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Who went on, whenever at least two tasks could.
    pub turns: Vec<TaskId>,
    /// What was drawn besides.
    pub draws: Draws,
}

/// The choices of one execution that are not about who is next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draws {
    /// Which of several alternatives was picked: the waiter that a notification wakes, and the like.
    pub picks: Vec<usize>,
    /// Whether a wait could end, or a weak compare-exchange failed, for no reason: in the order in
    /// which the waits began and the exchanges came.
    pub wakes: Vec<bool>,
    /// How many stores had replaced the one that a load saw, whenever there were several to see.
    #[serde(default)]
    pub loads: Vec<usize>,
}

impl Draws {
    pub(crate) fn clear(&mut self) {
        self.picks.clear();
        self.wakes.clear();
        self.loads.clear();
    }
}

/// The turns as blocks: who goes on, and how many times in a row.
pub(crate) type Block = (TaskId, usize);

impl Schedule {
    /// Drops what habit would do anyway, of which `turns` turns are not.
    pub(crate) fn trim(&mut self, turns: usize) {
        self.turns.truncate(turns);
        let Draws { picks, wakes, loads } = &mut self.draws;
        for numbers in [picks, loads] {
            numbers
                .truncate(numbers.iter().rposition(|&pick| pick != 0).map_or(0, |last| last + 1));
        }
        wakes.truncate(wakes.iter().rposition(|&wake| wake).map_or(0, |last| last + 1));
    }

    pub(crate) fn blocks(&self) -> Vec<Block> {
        blocks(&self.turns)
    }

    /// The schedule with these turns instead.
    pub(crate) fn with_blocks(&self, blocks: &[Block]) -> Self {
        let turns = blocks.iter().flat_map(|&(task, times)| std::iter::repeat_n(task, times));
        Self { turns: turns.collect(), draws: self.draws.clone() }
    }
}

fn blocks<T: Copy + PartialEq>(items: &[T]) -> Vec<(T, usize)> {
    items.chunk_by(T::eq).map(|block| (block[0], block.len())).collect()
}

/// `1x3.0.2/p0.1/w2` says: task 1 three times, then 0, then 2; pick the first alternative, then the
/// second; the third wait may end for no reason. After an `l` stands how many stores had replaced the one
/// that each load saw.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Draws { picks, wakes, loads } = &self.draws;
        let may_wake = wakes.iter().enumerate().filter(|(_, wake)| **wake);
        let may_wake: Vec<usize> = may_wake.map(|(index, _)| index).collect();
        f.write_str(&joined(&self.turns))?;
        for (letter, numbers) in [('p', picks), ('w', &may_wake), ('l', loads)] {
            if !numbers.is_empty() {
                write!(f, "/{letter}{}", joined(numbers))?;
            }
        }
        Ok(())
    }
}

fn joined(numbers: &[usize]) -> String {
    let word = |(number, times): (usize, usize)| match times {
        1 => number.to_string(),
        _ => format!("{number}x{times}"),
    };
    blocks(numbers).into_iter().map(word).collect::<Vec<_>>().join(".")
}

/// Why a text is no schedule.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScheduleError {
    /// A part that is neither a number nor a number of times.
    #[error("{0:?} is neither a number nor a number of times, such as 2 or 2x3")]
    Word(String),
    /// A section that nothing begins with.
    #[error("{0:?} is no section: there are p for picks, w for wake-ups and l for loads")]
    Section(String),
    /// More choices than any execution makes.
    #[error("it has more than {MOST} choices")]
    TooLong,
}

/// How many choices a text may stand for: what it costs to read it stays bounded.
const MOST: usize = 1 << 20;

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let mut sections = text.trim().split('/');
        let turns = numbers(sections.next().unwrap_or_default())?;
        let mut schedule = Self { turns, draws: Draws::default() };
        for section in sections {
            if let Some(picks) = section.strip_prefix('p') {
                schedule.draws.picks = numbers(picks)?;
            } else if let Some(indices) = section.strip_prefix('w') {
                schedule.draws.wakes = flags(&numbers(indices)?)?;
            } else if let Some(loads) = section.strip_prefix('l') {
                schedule.draws.loads = numbers(loads)?;
            } else {
                return Err(ScheduleError::Section(section.to_owned()));
            }
        }
        Ok(schedule)
    }
}

fn numbers(text: &str) -> Result<Vec<usize>, ScheduleError> {
    let mut numbers = Vec::new();
    for word in text.split('.').filter(|_| !text.is_empty()) {
        let (number, times) = word.split_once('x').unwrap_or((word, "1"));
        let parsed = number.parse::<usize>().ok().zip(times.parse::<usize>().ok());
        let (number, times) = parsed.ok_or_else(|| ScheduleError::Word(word.to_owned()))?;
        if times > MOST - numbers.len() {
            return Err(ScheduleError::TooLong);
        }
        numbers.extend(std::iter::repeat_n(number, times));
    }
    Ok(numbers)
}

fn flags(indices: &[usize]) -> Result<Vec<bool>, ScheduleError> {
    let most = indices.iter().copied().max().unwrap_or_default();
    if most >= MOST {
        return Err(ScheduleError::TooLong);
    }
    let mut flags = vec![false; most + 1];
    for &index in indices {
        flags[index] = true;
    }
    Ok(flags)
}

#[cfg(test)]
mod tests {
    use super::{Draws, Schedule, ScheduleError};

    fn schedule() -> Schedule {
        let draws = Draws { picks: vec![0, 1], wakes: vec![false, false, true], loads: vec![0, 2] };
        Schedule { turns: vec![1, 1, 1, 0, 2], draws }
    }

    #[test]
    fn a_schedule_is_a_line_of_text() {
        assert_eq!(schedule().to_string(), "1x3.0.2/p0.1/w2/l0.2");
        assert_eq!(Schedule::default().to_string(), "");
    }

    #[test]
    fn the_text_is_read_back() {
        for schedule in [schedule(), Schedule::default()] {
            assert_eq!(schedule.to_string().parse(), Ok(schedule));
        }
    }

    #[test]
    fn what_is_no_schedule_is_refused_with_the_reason() {
        let refused = |text: &str| text.parse::<Schedule>().expect_err("it is no schedule");
        assert_eq!(refused("1.a"), ScheduleError::Word("a".to_owned()));
        assert_eq!(refused("1..2"), ScheduleError::Word(String::new()));
        assert_eq!(refused("1x"), ScheduleError::Word("1x".to_owned()));
        assert_eq!(refused("1/q2"), ScheduleError::Section("q2".to_owned()));
        assert_eq!(refused("1x9999999"), ScheduleError::TooLong);
        assert_eq!(refused("/w18446744073709551615"), ScheduleError::TooLong);
    }

    #[test]
    fn trimming_keeps_the_last_surprise_of_each_kind() {
        let mut schedule = schedule();
        schedule.draws.picks.push(0);
        schedule.draws.loads.push(0);
        schedule.trim(4);
        assert_eq!(schedule.to_string(), "1x3.0/p0.1/w2/l0.2");
    }
}
