//! What several hunts came to.

use std::fmt;

/// For each seed, in which execution the bug was found, if it was.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    found: Vec<u64>,
    missed: usize,
}

impl Tally {
    /// Notes one hunt.
    pub fn note(&mut self, found: Option<u64>) {
        match found {
            Some(execution) => self.found.push(execution),
            None => self.missed += 1,
        }
    }

    /// With how many seeds the bug was found.
    pub fn found(&self) -> usize {
        self.found.len()
    }

    /// The mean over the seeds that found it; `None` if none did.
    #[expect(clippy::cast_precision_loss, reason = "counts of executions are far below 2^53")]
    pub fn mean(&self) -> Option<f64> {
        let sum: u64 = self.found.iter().sum();
        (!self.found.is_empty()).then(|| sum as f64 / self.found.len() as f64)
    }

    /// The median over the seeds that found it.
    pub fn median(&self) -> Option<u64> {
        let mut found = self.found.clone();
        found.sort_unstable();
        found.get(found.len() / 2).copied()
    }
}

impl fmt::Display for Tally {
    /// The mean, the median in brackets, and how many seeds found it where not all did.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(mean), Some(median)) = (self.mean(), self.median()) else {
            return write!(f, "—");
        };
        write!(f, "{mean:.1} ({median})")?;
        if self.missed > 0 {
            write!(f, " {}/{}", self.found.len(), self.found.len() + self.missed)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn a_miss_is_told_and_does_not_count() {
        let mut tally = Tally::default();
        assert_eq!(tally.to_string(), "—");
        for found in [1, 9, 2] {
            tally.note(Some(found));
        }
        assert_eq!(tally.to_string(), "4.0 (2)");
        tally.note(None);
        assert_eq!(tally.to_string(), "4.0 (2) 3/4");
    }
}
