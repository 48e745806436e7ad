//! How much of what can happen has been seen.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// How many fingerprints are kept at the most; more are counted by a sample of them.
const CAPACITY: usize = 1 << 16;

/// Counts interleaving classes in bounded memory.
///
/// Up to 65,536 classes are counted exactly. Beyond that only the classes are kept whose
/// fingerprint ends in enough zero bits, which is a fair sample of them (Gibbons, VLDB 2001), and
/// what is told is an estimate to within about one percent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Coverage {
    executions: u64,
    /// How often each class of the sample was seen, up to twice.
    seen: HashMap<u64, bool>,
    /// How many trailing zero bits a fingerprint of the sample has.
    level: u32,
}

impl Coverage {
    /// Notes one execution of `class`: whether it is the first one. Of more classes than are kept
    /// only those of the sample can be.
    pub fn see(&mut self, class: u64) -> bool {
        self.executions += 1;
        if class.trailing_zeros() < self.level {
            return false;
        }
        let again = *self.seen.entry(class).and_modify(|again| *again = true).or_insert(false);
        while self.seen.len() > CAPACITY {
            self.level += 1;
            let level = self.level;
            self.seen.retain(|class, _| class.trailing_zeros() >= level);
        }
        !again
    }

    /// How many executions were noted.
    pub fn executions(&self) -> u64 {
        self.executions
    }

    /// How many classes were seen; an estimate if [`is_exact`](Self::is_exact) says no.
    pub fn classes(&self) -> u64 {
        (self.seen.len() as u64) << self.level
    }

    /// Whether the classes were counted one by one.
    pub fn is_exact(&self) -> bool {
        self.level == 0
    }

    /// The estimated probability, from 0 to 1, that one more execution is of a class not seen yet:
    /// classes seen once ÷ executions (Good, 1953, after Turing).
    #[expect(clippy::cast_precision_loss, reason = "an estimate needs no more than 52 bits")]
    pub fn chance_of_new(&self) -> f64 {
        let once = self.seen.values().filter(|&&again| !again).count() as u64;
        (once << self.level) as f64 / self.executions.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;
    use crate::strategy::Generator;

    #[test]
    fn few_classes_are_counted_exactly() {
        let mut coverage = Coverage::default();
        for class in [5, 7, 5, 5, 9, 9] {
            coverage.see(class);
        }
        assert_eq!((coverage.executions(), coverage.classes()), (6, 3));
        assert!(coverage.is_exact());
        // One class, 7, was seen once in six executions.
        assert!((coverage.chance_of_new() - 1.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn many_classes_are_estimated_in_bounded_memory() {
        let mut coverage = Coverage::default();
        let mut generator = Generator::new(1, 0);
        for _ in 0..1_000_000 {
            coverage.see(generator.draw());
        }
        assert!(coverage.seen.len() <= super::CAPACITY);
        let classes = coverage.classes();
        assert!((970_000..1_030_000).contains(&classes), "{classes} is far from a million");
        assert!((coverage.chance_of_new() - 1.0).abs() < 0.03);
    }
}
