//! The input of 1114: which task calls which method.

use super::Word;
use crate::InputError;

/// What each task prints, task by task: each word once.
pub type Order = [Word; 3];

/// Reads "1,3,2", with or without brackets.
pub(super) fn read(input: &str) -> Result<Order, InputError> {
    let digits = input.trim().trim_start_matches('[').trim_end_matches(']');
    let words: Option<Vec<Word>> = digits.split(',').map(word).collect();
    words
        .and_then(|words| Order::try_from(words).ok())
        .filter(|order| Word::ALL.iter().all(|word| order.contains(word)))
        .ok_or_else(|| {
            InputError(format!(
                "the order is {input:?}, and must be 1, 2 and 3 in some order, such as 1,3,2"
            ))
        })
}

fn word(digit: &str) -> Option<Word> {
    match digit.trim() {
        "1" => Some(Word::First),
        "2" => Some(Word::Second),
        "3" => Some(Word::Third),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::p1114_print_in_order::Word::{First, Second, Third};

    #[test]
    fn reads_what_each_task_prints() {
        assert_eq!(read("1,3,2"), Ok([First, Third, Second]));
    }

    #[test]
    fn reads_an_order_as_the_statement_writes_it() {
        assert_eq!(read(" [3, 2, 1] "), Ok([Third, Second, First]));
    }

    #[test]
    fn refuses_what_is_not_each_of_them_once() {
        for input in ["", "1", "1,2", "1,2,2", "1,2,4", "1,2,3,3", "1 2 3", "first,second,third"] {
            let message = read(input).expect_err("is refused").to_string();
            let (start, end) =
                ("the order is \"", "\", and must be 1, 2 and 3 in some order, such as 1,3,2");
            assert_eq!(message, format!("{start}{input}{end}"));
        }
    }
}
