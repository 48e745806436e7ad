//! Judges one execution of 1195 from its log.

use thiserror::Error;

use super::{CALLS, Token};
use crate::{Entry, Extent, Grade, Overlap, Violation, in_order};

/// How an execution can break the statement.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Breach {
    /// Something else was printed than the count asks for.
    #[error("the callback for {position} prints {found}, expected {expected}")]
    Miscounted {
        /// How far the count had come, from one.
        position: i32,
        /// What this number asks for.
        expected: Token,
        /// What was printed.
        found: Token,
    },
    /// One callback did not wait for the end of another.
    #[error(transparent)]
    Overlap(#[from] Overlap<Token>),
    /// The count ended early or went on too long.
    #[error("counted to {found}, expected {expected}")]
    WrongLength {
        /// The `n` of the case.
        expected: usize,
        /// How many callbacks there were.
        found: usize,
    },
    /// A callback was not used by the call that it was given to.
    #[error("the callback for {position} is used by {found}, expected {expected}")]
    WrongCall {
        /// How far the count had come, from one.
        position: i32,
        /// The call it was given to.
        expected: &'static str,
        /// The call that used it.
        found: &'static str,
    },
}

impl Breach {
    /// `LeetCode` sees what is printed, not by whom.
    fn grade(&self) -> Grade {
        match self {
            Self::Miscounted { .. } | Self::Overlap(_) | Self::WrongLength { .. } => {
                Grade::LeetCode
            }
            Self::WrongCall { .. } => Grade::Strict,
        }
    }
}

/// Accepts an execution that counts from 1 to `n`, and gives what it printed as the statement
/// writes it.
///
/// # Errors
///
/// The first callback that is wrong or overlaps another; after that, a count of the wrong length,
/// and only then what the output does not show.
pub fn check(n: i32, entries: &[Entry<Token>], extent: Extent) -> Result<String, Violation> {
    find_breach(n, entries, extent)
        .map_err(|breach| Violation::wrong_answer(&breach, breach.grade()))
}

/// That nobody speaks for a call that has not been made needs no look at who has been started: it
/// follows from each callback being used by its own call.
fn find_breach(n: i32, entries: &[Entry<Token>], extent: Extent) -> Result<String, Breach> {
    let (printed, overlap) = in_order(entries);
    let counted = || (1..=n).zip(&printed);
    for (position, &(_, found)) in counted() {
        let expected = asked_for(position);
        if found != expected {
            return Err(Breach::Miscounted { position, expected, found });
        }
    }
    if let Some(overlap) = overlap {
        return Err(overlap.into());
    }
    let (expected, found) = ((1..=n).count(), printed.len());
    if found > expected || (extent == Extent::Whole && found < expected) {
        return Err(Breach::WrongLength { expected, found });
    }
    for (position, &(call, token)) in counted() {
        let (expected, found) = (caller(token), CALLS[call]);
        if found != expected {
            return Err(Breach::WrongCall { position, expected, found });
        }
    }
    Ok(written(&printed))
}

/// What the count says at `position`.
fn asked_for(position: i32) -> Token {
    match (position % 3, position % 5) {
        (0, 0) => Token::FizzBuzz,
        (0, _) => Token::Fizz,
        (_, 0) => Token::Buzz,
        _ => Token::Number(position),
    }
}

/// The call to which the callback that prints `token` is given.
fn caller(token: Token) -> &'static str {
    let [fizz, buzz, fizzbuzz, number] = CALLS;
    match token {
        Token::Fizz => fizz,
        Token::Buzz => buzz,
        Token::FizzBuzz => fizzbuzz,
        Token::Number(_) => number,
    }
}

/// The list as the statement writes it: words in quotes, numbers without.
fn written(printed: &[(usize, Token)]) -> String {
    let write = |&(_, token): &(usize, Token)| match token {
        Token::Number(number) => number.to_string(),
        word => format!("\"{word}\""),
    };
    let tokens: Vec<String> = printed.iter().map(write).collect();
    format!("[{}]", tokens.join(","))
}

#[cfg(test)]
mod tests {
    use super::{Breach, CALLS, asked_for, caller, find_breach};
    use crate::{
        Entry, Extent, Overlap,
        Phase::{self, Began, Called, Ended, Quiet, Returned},
        p1195_fizz_buzz_multithreaded::Token::{self, Buzz, Fizz, FizzBuzz, Number},
    };

    fn entry(token: Token, phase: Phase<Token>) -> Entry<Token> {
        let is_caller = |&call: &&str| call == caller(token);
        let call = CALLS.iter().position(is_caller).expect("each has a caller");
        Entry { call, phase }
    }

    /// An execution that prints `tokens`, one after the other, each by its own call.
    fn printing(tokens: &[Token]) -> Vec<Entry<Token>> {
        let both = |&token: &Token| [entry(token, Began(token)), entry(token, Ended(token))];
        tokens.iter().flat_map(both).collect()
    }

    #[track_caller]
    fn accepts(n: i32, extent: Extent, tokens: &[Token], output: &str) {
        assert_eq!(find_breach(n, &printing(tokens), extent), Ok(output.to_owned()));
    }

    #[track_caller]
    fn rejects(n: i32, entries: &[Entry<Token>], breach: Breach) {
        assert_eq!(find_breach(n, entries, Extent::Whole), Err(breach));
    }

    #[test]
    fn accepts_the_statements_first_example() {
        let tokens = [Number(1), Number(2), Fizz, Number(4), Buzz];
        accepts(5, Extent::Whole, &tokens, "[1,2,\"fizz\",4,\"buzz\"]");
    }

    #[test]
    fn accepts_the_statements_second_example() {
        let tokens: Vec<Token> = (1..=15).map(asked_for).collect();
        let output = "[1,2,\"fizz\",4,\"buzz\",\"fizz\",7,8,\"fizz\",\"buzz\",11,\"fizz\",13,14,\
                      \"fizzbuzz\"]";
        accepts(15, Extent::Whole, &tokens, output);
    }

    #[test]
    fn accepts_a_count_that_waits_for_a_call_that_is_not_made_yet() {
        let mut entries = vec![Entry { call: 3, phase: Called }];
        entries.extend(printing(&[Number(1), Number(2)]));
        entries.extend([Entry { call: 3, phase: Quiet }, Entry { call: 0, phase: Called }]);
        entries.extend(printing(&[Fizz]));
        entries.extend([Entry { call: 0, phase: Returned }, Entry { call: 3, phase: Returned }]);
        assert_eq!(find_breach(3, &entries, Extent::Whole), Ok("[1,2,\"fizz\"]".to_owned()));
    }

    #[test]
    fn accepts_a_prefix_that_was_cut_short() {
        accepts(5, Extent::Prefix, &[Number(1), Number(2)], "[1,2]");
        accepts(1, Extent::Prefix, &[], "[]");
    }

    #[test]
    fn rejects_fizz_where_fizzbuzz_is_asked_for() {
        let mut tokens: Vec<Token> = (1..15).map(asked_for).collect();
        tokens.push(Fizz);
        let breach = Breach::Miscounted { position: 15, expected: FizzBuzz, found: Fizz };
        rejects(15, &printing(&tokens), breach);
    }

    #[test]
    fn rejects_a_number_said_twice() {
        let breach = Breach::Miscounted { position: 2, expected: Number(2), found: Number(1) };
        rejects(2, &printing(&[Number(1), Number(1)]), breach);
    }

    #[test]
    fn rejects_a_number_in_place_of_a_word() {
        let breach = Breach::Miscounted { position: 3, expected: Fizz, found: Number(3) };
        rejects(3, &printing(&[Number(1), Number(2), Number(3)]), breach);
    }

    #[test]
    fn rejects_a_callback_used_by_another_call() {
        let entries = [Began(Number(1)), Ended(Number(1))].map(|phase| Entry { call: 1, phase });
        let breach = Breach::WrongCall { position: 1, expected: "number", found: "buzz" };
        rejects(1, &entries, breach);
    }

    #[test]
    fn rejects_a_count_that_stops_early() {
        rejects(2, &printing(&[Number(1)]), Breach::WrongLength { expected: 2, found: 1 });
    }

    #[test]
    fn rejects_a_count_that_goes_on() {
        let breach = Breach::WrongLength { expected: 2, found: 3 };
        rejects(2, &printing(&[Number(1), Number(2), Fizz]), breach);
    }

    #[test]
    fn rejects_a_count_that_goes_on_in_an_execution_that_was_cut_short() {
        let entries = printing(&[Number(1), Number(2), Fizz]);
        let breach = Breach::WrongLength { expected: 2, found: 3 };
        assert_eq!(find_breach(2, &entries, Extent::Prefix), Err(breach));
    }

    #[test]
    fn rejects_a_fizz_that_does_not_wait_for_the_end_of_a_number() {
        let mut entries = printing(&[Number(1)]);
        entries.push(entry(Number(2), Began(Number(2))));
        entries.push(entry(Fizz, Began(Fizz)));
        rejects(3, &entries, Overlap { first: Number(2), second: Fizz }.into());
    }
}
