//! Judges one execution of 1115 from its log.

use thiserror::Error;

use super::{FOO, Word};
use crate::{Entry, Extent, Grade, Overlap, Phase, Violation, in_order};

/// How an execution can break the statement.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Breach {
    /// A word was printed out of turn.
    #[error("word {index} is {found}, expected {expected}")]
    OutOfTurn {
        /// Position of the word, counted from zero.
        index: usize,
        /// The word whose turn it was.
        expected: Word,
        /// The word that was printed.
        found: Word,
    },
    /// One callback did not wait for the end of another.
    #[error(transparent)]
    Overlap(#[from] Overlap<Word>),
    /// The execution ended early or went on too long.
    #[error("{found} words printed, expected {expected}")]
    WrongLength {
        /// Twice the `n` of the case.
        expected: usize,
        /// How many words were printed.
        found: usize,
    },
    /// With `foo` alone started, something other than one `foo` was printed.
    #[error("{found} words printed with only foo started, expected 1")]
    FooAlone {
        /// How many words were printed.
        found: usize,
    },
}

/// Accepts an execution that prints exactly "foobar", `n` times, and gives what it printed.
///
/// # Errors
///
/// The first word out of turn or overlapping another; after that a wrong number of words, and last
/// what only the strict reading forbids.
pub fn check(n: usize, entries: &[Entry<Word>], extent: Extent) -> Result<String, Violation> {
    find_breach(n, entries, extent).map_err(|breach| {
        let grade = match breach {
            Breach::FooAlone { .. } => Grade::Strict,
            _ => Grade::LeetCode,
        };
        Violation::wrong_answer(&breach, grade)
    })
}

fn find_breach(n: usize, entries: &[Entry<Word>], extent: Extent) -> Result<String, Breach> {
    let (printed, overlap) = in_order(entries);
    let turns = [Word::Foo, Word::Bar].into_iter().cycle().take(2 * n);
    for (index, (expected, &(_, found))) in turns.zip(&printed).enumerate() {
        if found != expected {
            return Err(Breach::OutOfTurn { index, expected, found });
        }
    }
    if let Some(overlap) = overlap {
        return Err(overlap.into());
    }
    let (expected, found) = (2 * n, printed.len());
    if found > expected || (extent == Extent::Whole && found < expected) {
        return Err(Breach::WrongLength { expected, found });
    }
    if extent == Extent::Whole {
        foo_alone(entries)?;
    }
    Ok(printed.iter().map(|(_, word)| word.to_string()).collect())
}

/// When nobody can move and only `foo` has been started, one word must be out. (That `bar` alone
/// prints nothing follows from the order of the words.)
fn foo_alone(entries: &[Entry<Word>]) -> Result<(), Breach> {
    let Some(quiet) = entries.iter().position(|entry| entry.phase == Phase::Quiet) else {
        return Ok(());
    };
    let found = in_order(&entries[..quiet]).0.len();
    if entries[quiet].call == FOO && found != 1 {
        return Err(Breach::FooAlone { found });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Breach, find_breach};
    use crate::{
        Entry, Extent, Overlap,
        Phase::{self, Began, Ended, Quiet},
        p1115_print_foobar_alternately::Word::{self, Bar, Foo},
    };

    /// An execution that prints `words`, one after the other.
    fn printing(words: &[Word]) -> Vec<Entry<Word>> {
        let both = |&word: &Word| [Began(word), Ended(word)];
        entries(words.iter().flat_map(both))
    }

    fn entries(phases: impl IntoIterator<Item = Phase<Word>>) -> Vec<Entry<Word>> {
        phases.into_iter().map(|phase| Entry { call: 0, phase }).collect()
    }

    #[track_caller]
    fn rejects(n: usize, entries: &[Entry<Word>], breach: Breach) {
        assert_eq!(find_breach(n, entries, Extent::Whole), Err(breach));
    }

    #[test]
    fn accepts_strict_alternation() {
        let entries = printing(&[Foo, Bar, Foo, Bar]);
        assert_eq!(find_breach(2, &entries, Extent::Whole), Ok("foobarfoobar".to_owned()));
    }

    #[test]
    fn accepts_a_prefix_that_was_cut_short() {
        assert_eq!(find_breach(2, &printing(&[Foo]), Extent::Prefix), Ok("foo".to_owned()));
    }

    #[test]
    fn rejects_bar_first() {
        let breach = Breach::OutOfTurn { index: 0, expected: Foo, found: Bar };
        rejects(1, &printing(&[Bar, Foo]), breach);
    }

    #[test]
    fn rejects_a_missing_last_word() {
        let breach = Breach::WrongLength { expected: 4, found: 3 };
        rejects(2, &printing(&[Foo, Bar, Foo]), breach);
    }

    #[test]
    fn rejects_a_word_too_many() {
        let breach = Breach::WrongLength { expected: 2, found: 3 };
        rejects(1, &printing(&[Foo, Bar, Foo]), breach);
    }

    #[test]
    fn rejects_a_bar_that_does_not_wait_for_the_end_of_foo() {
        let breach = Overlap { first: Foo, second: Bar }.into();
        rejects(1, &entries([Began(Foo), Began(Bar), Ended(Foo), Ended(Bar)]), breach);
    }

    #[test]
    fn rejects_a_foo_that_waits_for_bar_before_it_prints() {
        let mut phases = vec![Quiet];
        phases.extend([Began(Foo), Ended(Foo), Began(Bar), Ended(Bar)]);
        rejects(1, &entries(phases), Breach::FooAlone { found: 0 });
    }
}
