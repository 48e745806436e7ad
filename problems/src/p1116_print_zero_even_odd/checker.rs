//! Judges one execution of 1116 from its log.

use thiserror::Error;

use super::{CALLS, EVEN, ODD, ZERO};
use crate::{Entry, Extent, Grade, Overlap, Phase, Violation, in_order};

/// How an execution can break the statement.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Breach {
    /// A number was printed out of turn.
    #[error("number {index} is {found}, expected {expected}")]
    OutOfTurn {
        /// Position of the number, counted from zero.
        index: usize,
        /// The number whose turn it was.
        expected: i32,
        /// The number that was printed.
        found: i32,
    },
    /// One callback did not wait for the end of another.
    #[error(transparent)]
    Overlap(#[from] Overlap<i32>),
    /// The execution ended early or went on too long.
    #[error("{found} numbers printed, expected {expected}")]
    WrongLength {
        /// Twice the `n` of the case.
        expected: usize,
        /// How many numbers were printed.
        found: usize,
    },
    /// A number was printed by a method that it does not belong to.
    #[error("number {index}, a {found}, is printed by {printer}")]
    WrongCall {
        /// Position of the number, counted from zero.
        index: usize,
        /// The number that was printed.
        found: i32,
        /// The method that printed it.
        printer: &'static str,
    },
    /// With only some calls made, a number waited for a call that comes after it.
    #[error("{found} numbers printed with {started} started, expected {expected}")]
    Withheld {
        /// The methods called so far.
        started: String,
        /// How many numbers need nobody else.
        expected: usize,
        /// How many numbers were printed.
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

/// Accepts an execution that prints 0 1 0 2 and so on up to 0 `n`, each number from the call it
/// belongs to, and gives what it printed, side by side.
///
/// # Errors
///
/// The first number out of turn or overlapping another; after that, a wrong number of them; and
/// only then what the text does not show.
pub fn check(n: i32, entries: &[Entry<i32>], extent: Extent) -> Result<String, Violation> {
    find_breach(n, entries, extent)
        .map_err(|breach| Violation::wrong_answer(&breach, breach.grade()))
}

/// What must be printed, and by which call.
fn series(n: i32) -> impl Iterator<Item = (usize, i32)> {
    let caller = |number| if number % 2 == 0 { EVEN } else { ODD };
    (1..=n).flat_map(move |number| [(ZERO, 0), (caller(number), number)])
}

fn find_breach(n: i32, entries: &[Entry<i32>], extent: Extent) -> Result<String, Breach> {
    let (printed, overlap) = in_order(entries);
    let pairs = || series(n).zip(&printed).enumerate();
    for (index, ((_, expected), &(_, found))) in pairs() {
        if found != expected {
            return Err(Breach::OutOfTurn { index, expected, found });
        }
    }
    if let Some(overlap) = overlap {
        return Err(overlap.into());
    }
    let (expected, found) = (series(n).count(), printed.len());
    if found > expected || (extent == Extent::Whole && found < expected) {
        return Err(Breach::WrongLength { expected, found });
    }
    for (index, ((caller, _), &(call, found))) in pairs() {
        if call != caller {
            return Err(Breach::WrongCall { index, found, printer: CALLS[call] });
        }
    }
    if extent == Extent::Whole {
        find_withheld(n, entries)?;
    }
    Ok(printed.iter().map(|(_, number)| number.to_string()).collect())
}

/// Whenever nobody can move and only some calls are made, every number must be out that needs no
/// other call. (With all of them made, the execution must end, which is not for its log to say. Nor
/// is this asked of one that was cut short: what is missing there may be missing for the reason
/// that cut it short.)
fn find_withheld(n: i32, entries: &[Entry<i32>]) -> Result<(), Breach> {
    let mut started = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.phase != Phase::Quiet {
            continue;
        }
        started.push(entry.call);
        let expected = series(n).take_while(|(call, _)| started.contains(call)).count();
        let found = in_order(&entries[..index]).0.len();
        if found != expected && started.len() < CALLS.len() {
            let names: Vec<&str> = started.iter().map(|&call| CALLS[call]).collect();
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
        Phase::{self, Began, Called, Ended, Quiet},
        Violation,
        p1116_print_zero_even_odd::{EVEN, ODD, ZERO},
    };

    /// An execution that prints `numbers`, one after the other, each from the right call.
    fn printing(numbers: &[i32]) -> Vec<Entry<i32>> {
        let both = |&number: &i32| by(caller(number), [Began(number), Ended(number)]);
        numbers.iter().flat_map(both).collect()
    }

    fn caller(number: i32) -> usize {
        if number == 0 { ZERO } else { [EVEN, ODD][usize::from(number % 2 == 1)] }
    }

    fn by(call: usize, phases: impl IntoIterator<Item = Phase<i32>>) -> Vec<Entry<i32>> {
        phases.into_iter().map(|phase| Entry { call, phase }).collect()
    }

    /// The calls made one at a time; the numbers say what each lets out.
    fn staged(stages: [(usize, &[i32]); 3]) -> Vec<Entry<i32>> {
        let stage = |(call, printed): (usize, &[i32])| {
            [by(call, [Called]), printing(printed), by(call, [Quiet])].concat()
        };
        stages.into_iter().flat_map(stage).collect()
    }

    #[track_caller]
    fn accepts(n: i32, entries: &[Entry<i32>], text: &str) {
        assert_eq!(find_breach(n, entries, Extent::Whole), Ok(text.to_owned()));
    }

    #[track_caller]
    fn rejects(n: i32, entries: &[Entry<i32>], breach: Breach) {
        assert_eq!(find_breach(n, entries, Extent::Whole), Err(breach));
    }

    fn withheld(started: &str, expected: usize, found: usize) -> Breach {
        Breach::Withheld { started: started.to_owned(), expected, found }
    }

    #[test]
    fn accepts_a_zero_before_each_number() {
        accepts(1, &printing(&[0, 1]), "01");
        accepts(5, &printing(&[0, 1, 0, 2, 0, 3, 0, 4, 0, 5]), "0102030405");
    }

    #[test]
    fn writes_numbers_of_two_digits_side_by_side() {
        let numbers: Vec<i32> = (1..=11).flat_map(|number| [0, number]).collect();
        accepts(11, &printing(&numbers), "010203040506070809010011");
    }

    #[test]
    fn accepts_a_prefix_that_was_cut_short() {
        let found = find_breach(2, &printing(&[0, 1, 0]), Extent::Prefix);
        assert_eq!(found, Ok("010".to_owned()));
    }

    #[test]
    fn rejects_a_number_before_its_zero() {
        let breach = Breach::OutOfTurn { index: 0, expected: 0, found: 1 };
        rejects(1, &printing(&[1, 0]), breach);
    }

    #[test]
    fn rejects_two_zeros_in_a_row() {
        let breach = Breach::OutOfTurn { index: 1, expected: 1, found: 0 };
        rejects(2, &printing(&[0, 0, 1, 2]), breach);
    }

    #[test]
    fn rejects_even_out_of_turn_although_cut_short() {
        let breach = Breach::OutOfTurn { index: 1, expected: 1, found: 2 };
        assert_eq!(find_breach(2, &printing(&[0, 2]), Extent::Prefix), Err(breach));
    }

    #[test]
    fn rejects_numbers_that_only_look_right_side_by_side() {
        let entries = printing(&[0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9, 0, 1, 0]);
        let breach = Breach::OutOfTurn { index: 19, expected: 10, found: 1 };
        rejects(10, &entries, breach);
    }

    #[test]
    fn rejects_a_missing_last_number() {
        rejects(2, &printing(&[0, 1, 0]), Breach::WrongLength { expected: 4, found: 3 });
    }

    #[test]
    fn rejects_a_number_too_many_although_cut_short() {
        let entries = printing(&[0, 1, 0]);
        let found = find_breach(1, &entries, Extent::Prefix);
        assert_eq!(found, Err(Breach::WrongLength { expected: 2, found: 3 }));
    }

    #[test]
    fn rejects_a_number_that_does_not_wait_for_the_end_of_its_zero() {
        let entries = [by(ZERO, [Began(0)]), by(ODD, [Began(1), Ended(1)]), by(ZERO, [Ended(0)])];
        rejects(1, &entries.concat(), Overlap { first: 0, second: 1 }.into());
    }

    #[test]
    fn rejects_a_number_that_the_wrong_method_prints() {
        let entries = [printing(&[0]), by(EVEN, [Began(1), Ended(1)])];
        rejects(1, &entries.concat(), Breach::WrongCall { index: 1, found: 1, printer: "even" });
        let entries = [by(ODD, [Began(0), Ended(0)]), printing(&[1])];
        rejects(1, &entries.concat(), Breach::WrongCall { index: 0, found: 0, printer: "odd" });
    }

    #[test]
    fn accepts_every_staged_order_in_which_nobody_waits_without_need() {
        let text = "010203";
        accepts(3, &staged([(ZERO, &[0]), (ODD, &[1, 0]), (EVEN, &[2, 0, 3])]), text);
        accepts(3, &staged([(ZERO, &[0]), (EVEN, &[]), (ODD, &[1, 0, 2, 0, 3])]), text);
        accepts(3, &staged([(ODD, &[]), (ZERO, &[0, 1, 0]), (EVEN, &[2, 0, 3])]), text);
        accepts(3, &staged([(EVEN, &[]), (ZERO, &[0]), (ODD, &[1, 0, 2, 0, 3])]), text);
        accepts(3, &staged([(ODD, &[]), (EVEN, &[]), (ZERO, &[0, 1, 0, 2, 0, 3])]), text);
        accepts(3, &staged([(EVEN, &[]), (ODD, &[]), (ZERO, &[0, 1, 0, 2, 0, 3])]), text);
    }

    #[test]
    fn accepts_one_number_without_even() {
        accepts(1, &staged([(ZERO, &[0]), (ODD, &[1]), (EVEN, &[])]), "01");
        accepts(1, &staged([(EVEN, &[]), (ODD, &[]), (ZERO, &[0, 1])]), "01");
    }

    #[test]
    fn rejects_a_zero_that_waits_for_the_others_before_it_prints() {
        let entries = staged([(ZERO, &[]), (ODD, &[0, 1, 0]), (EVEN, &[2])]);
        rejects(2, &entries, withheld("zero", 1, 0));
    }

    #[test]
    fn rejects_an_odd_that_waits_for_even_before_it_prints() {
        let entries = staged([(ODD, &[]), (ZERO, &[0]), (EVEN, &[1, 0, 2])]);
        rejects(2, &entries, withheld("odd and zero", 3, 1));
    }

    #[test]
    fn rejects_a_second_zero_that_waits_for_even() {
        let entries = staged([(ODD, &[]), (ZERO, &[0, 1]), (EVEN, &[0, 2])]);
        rejects(2, &entries, withheld("odd and zero", 3, 2));
    }

    #[test]
    fn blames_a_deadlock_for_what_is_missing_when_cut_short() {
        let entries = staged([(EVEN, &[]), (ODD, &[]), (ZERO, &[0])]);
        assert_eq!(find_breach(2, &entries, Extent::Prefix), Ok("0".to_owned()));
    }

    #[test]
    fn says_what_leetcode_sees_and_what_only_we_do() {
        let visible = check(1, &printing(&[1, 0]), Extent::Whole);
        assert_eq!(visible, Err(wrong_answer(Grade::LeetCode, "number 0 is 1, expected 0")));
        let unseen =
            check(1, &[printing(&[0]), by(EVEN, [Began(1), Ended(1)])].concat(), Extent::Whole);
        let message = "number 1, a 1, is printed by even";
        assert_eq!(unseen, Err(wrong_answer(Grade::Strict, message)));
    }

    fn wrong_answer(grade: Grade, message: &str) -> Violation {
        Violation { fault: Fault::WrongAnswer, grade, message: message.to_owned() }
    }
}
