//! Judges one execution of 1114 from its log.

use thiserror::Error;

use super::{Order, Word};
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
    #[error("{found} words printed, expected 3")]
    WrongLength {
        /// How many words were printed.
        found: usize,
    },
    /// A word was printed by another call than the one that was given its callback.
    #[error("{found} is printed by the call of {printer}")]
    WrongCall {
        /// The word that was printed.
        found: Word,
        /// The method that printed it.
        printer: Word,
    },
    /// With only some calls made, a word waited for a call that comes after it.
    #[error("{found} words printed with {started} started, expected {expected}")]
    Withheld {
        /// The methods called so far.
        started: String,
        /// How many words need nobody else.
        expected: usize,
        /// How many words were printed.
        found: usize,
    },
}

impl Breach {
    /// `LeetCode` sees only the text, and starts everybody.
    fn grade(&self) -> Grade {
        match self {
            Self::OutOfTurn { .. } | Self::Overlap(_) | Self::WrongLength { .. } => Grade::LeetCode,
            Self::WrongCall { .. } | Self::Withheld { .. } => Grade::Strict,
        }
    }
}

/// Accepts an execution that prints "firstsecondthird", each word from the call that `order` says,
/// and gives what it printed.
///
/// # Errors
///
/// The first word out of turn or overlapping another; after that, a wrong number of words; and only
/// then what the text does not show.
pub fn check(order: Order, entries: &[Entry<Word>], extent: Extent) -> Result<String, Violation> {
    find_breach(order, entries, extent)
        .map_err(|breach| Violation::wrong_answer(&breach, breach.grade()))
}

fn find_breach(order: Order, entries: &[Entry<Word>], extent: Extent) -> Result<String, Breach> {
    let (printed, overlap) = in_order(entries);
    for (index, (expected, &(_, found))) in Word::ALL.into_iter().zip(&printed).enumerate() {
        if found != expected {
            return Err(Breach::OutOfTurn { index, expected, found });
        }
    }
    if let Some(overlap) = overlap {
        return Err(overlap.into());
    }
    let (expected, found) = (Word::ALL.len(), printed.len());
    if found > expected || (extent == Extent::Whole && found < expected) {
        return Err(Breach::WrongLength { found });
    }
    for &(call, found) in &printed {
        if order[call] != found {
            return Err(Breach::WrongCall { found, printer: order[call] });
        }
    }
    if extent == Extent::Whole {
        find_withheld(order, entries)?;
    }
    Ok(printed.iter().map(|(_, word)| word.to_string()).collect())
}

/// Whenever nobody can move and only some calls are made, every word must be out that needs no
/// other call. (With all of them made, the execution must end, which is not for its log to say. Nor
/// is this asked of one that was cut short: what is missing there may be missing for the reason
/// that cut it short.)
fn find_withheld(order: Order, entries: &[Entry<Word>]) -> Result<(), Breach> {
    let mut started = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.phase != Phase::Quiet {
            continue;
        }
        started.push(order[entry.call]);
        let expected = Word::ALL.iter().take_while(|word| started.contains(word)).count();
        let found = in_order(&entries[..index]).0.len();
        if found != expected && started.len() < order.len() {
            let names: Vec<&str> = started.iter().map(|word| word.name()).collect();
            return Err(Breach::Withheld { started: names.join(" and "), expected, found });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Breach, check, find_breach};
    use crate::{
        Entry, Extent, Fault, Grade, Overlap,
        Phase::{self, Began, Called, Ended, Quiet, Returned},
        Violation,
        p1114_print_in_order::Word::{self, First, Second, Third},
    };

    /// An execution that prints `words`, one after the other.
    fn printing(words: &[Word]) -> Vec<Entry<Word>> {
        words.iter().flat_map(|&word| by(word, [Began(word), Ended(word)])).collect()
    }

    /// What the call of `method` does, with the order 1,2,3.
    fn by(method: Word, phases: impl IntoIterator<Item = Phase<Word>>) -> Vec<Entry<Word>> {
        let call = Word::ALL.iter().position(|&word| word == method).expect("ALL holds every word");
        phases.into_iter().map(|phase| Entry { call, phase }).collect()
    }

    /// The calls of `methods` made one at a time; `printed` says what each lets out.
    fn staged<const N: usize>(stages: [(Word, &[Word]); N]) -> Vec<Entry<Word>> {
        let stage = |(method, printed): (Word, &[Word])| {
            [by(method, [Called]), printing(printed), by(method, [Quiet])].concat()
        };
        stages.into_iter().flat_map(stage).collect()
    }

    #[track_caller]
    fn accepts(entries: &[Entry<Word>]) {
        assert_eq!(find_breach(Word::ALL, entries, Extent::Whole), Ok("firstsecondthird".into()));
    }

    #[track_caller]
    fn rejects(entries: &[Entry<Word>], breach: Breach) {
        assert_eq!(find_breach(Word::ALL, entries, Extent::Whole), Err(breach));
    }

    #[track_caller]
    fn rejects_cut_short(entries: &[Entry<Word>], breach: Breach) {
        assert_eq!(find_breach(Word::ALL, entries, Extent::Prefix), Err(breach));
    }

    fn withheld(started: &str, expected: usize, found: usize) -> Breach {
        Breach::Withheld { started: started.to_owned(), expected, found }
    }

    #[test]
    fn accepts_the_three_words_in_order() {
        accepts(&printing(&[First, Second, Third]));
    }

    #[test]
    fn accepts_returns_in_any_order() {
        let mut entries = printing(&[First, Second, Third]);
        entries.extend([Third, Second, First].into_iter().flat_map(|word| by(word, [Returned])));
        accepts(&entries);
    }

    #[test]
    fn accepts_calls_that_the_input_gives_to_other_tasks() {
        let mut entries = printing(&[First, Second, Third]);
        for entry in &mut entries {
            entry.call = 2 - entry.call;
        }
        let text = find_breach([Third, Second, First], &entries, Extent::Whole);
        assert_eq!(text, Ok("firstsecondthird".to_owned()));
    }

    #[test]
    fn accepts_a_prefix_that_was_cut_short() {
        for (words, text) in [(&[][..], ""), (&[First], "first"), (&[First, Second], "firstsecond")]
        {
            let found = find_breach(Word::ALL, &printing(words), Extent::Prefix);
            assert_eq!(found, Ok(text.to_owned()));
        }
    }

    #[test]
    fn rejects_third_first() {
        let breach = Breach::OutOfTurn { index: 0, expected: First, found: Third };
        rejects(&printing(&[Third, First, Second]), breach);
    }

    #[test]
    fn rejects_third_before_second_although_cut_short() {
        let breach = Breach::OutOfTurn { index: 1, expected: Second, found: Third };
        rejects_cut_short(&printing(&[First, Third]), breach);
    }

    #[test]
    fn rejects_a_word_printed_twice() {
        let breach = Breach::OutOfTurn { index: 1, expected: Second, found: First };
        rejects(&printing(&[First, First, Second, Third]), breach);
    }

    #[test]
    fn rejects_a_word_too_many_although_cut_short() {
        let entries = printing(&[First, Second, Third, Third]);
        rejects(&entries, Breach::WrongLength { found: 4 });
        rejects_cut_short(&entries, Breach::WrongLength { found: 4 });
    }

    #[test]
    fn rejects_a_missing_word() {
        rejects(&printing(&[First, Second]), Breach::WrongLength { found: 2 });
        rejects(&[], Breach::WrongLength { found: 0 });
    }

    #[test]
    fn rejects_a_second_that_does_not_wait_for_the_end_of_first() {
        let entries = [
            by(First, [Began(First)]),
            by(Second, [Began(Second)]),
            by(First, [Ended(First)]),
            by(Second, [Ended(Second)]),
            printing(&[Third]),
        ];
        rejects(&entries.concat(), Overlap { first: First, second: Second }.into());
    }

    #[test]
    fn rejects_a_word_that_another_call_prints() {
        let stolen = by(Third, [Began(Second), Ended(Second)]);
        let entries = [printing(&[First]), stolen, printing(&[Third])];
        rejects(&entries.concat(), Breach::WrongCall { found: Second, printer: Third });
    }

    #[test]
    fn accepts_every_staged_order_in_which_nobody_waits_without_need() {
        accepts(&staged([(First, &[First]), (Second, &[Second]), (Third, &[Third])]));
        accepts(&staged([(First, &[First]), (Third, &[]), (Second, &[Second, Third])]));
        accepts(&staged([(Second, &[]), (First, &[First, Second]), (Third, &[Third])]));
        accepts(&staged([(Second, &[]), (Third, &[]), (First, &[First, Second, Third])]));
        accepts(&staged([(Third, &[]), (First, &[First]), (Second, &[Second, Third])]));
        accepts(&staged([(Third, &[]), (Second, &[]), (First, &[First, Second, Third])]));
    }

    #[test]
    fn rejects_a_first_that_waits_for_second_before_it_prints() {
        let entries = staged([(First, &[]), (Second, &[First, Second]), (Third, &[Third])]);
        rejects(&entries, withheld("first", 1, 0));
    }

    #[test]
    fn rejects_a_second_that_waits_for_third_before_it_prints() {
        let entries = staged([(Second, &[]), (First, &[First]), (Third, &[Second, Third])]);
        rejects(&entries, withheld("second and first", 2, 1));
    }

    #[test]
    fn blames_a_deadlock_for_what_is_missing_when_cut_short() {
        let entries = staged([(Third, &[]), (Second, &[]), (First, &[First])]);
        let found = find_breach(Word::ALL, &entries, Extent::Prefix);
        assert_eq!(found, Ok("first".to_owned()));
    }

    #[test]
    fn says_what_leetcode_sees_and_what_only_we_do() {
        let visible = check(Word::ALL, &printing(&[Third]), Extent::Prefix);
        assert_eq!(visible, Err(wrong_answer(Grade::LeetCode, "word 0 is third, expected first")));
        let entries = staged([(First, &[]), (Second, &[First, Second]), (Third, &[Third])]);
        let unseen = check(Word::ALL, &entries, Extent::Whole);
        let message = "0 words printed with first started, expected 1";
        assert_eq!(unseen, Err(wrong_answer(Grade::Strict, message)));
    }

    fn wrong_answer(grade: Grade, message: &str) -> Violation {
        Violation { fault: Fault::WrongAnswer, grade, message: message.to_owned() }
    }
}
