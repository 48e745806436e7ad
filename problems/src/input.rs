//! Reading a case's input, which a user may have typed.

use std::ops::RangeInclusive;

use thiserror::Error;

/// An input that the problem forbids, and what it allows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct InputError(pub String);

/// Reads `text` as a number in `range`, underscores allowed; `name` is what the problem calls it.
pub fn number_between(
    name: &str,
    text: &str,
    range: RangeInclusive<usize>,
) -> Result<usize, InputError> {
    let (low, high) = (range.start(), range.end());
    let allowed = format!("must be a number from {low} to {high}");
    let number: usize = text
        .trim()
        .replace('_', "")
        .parse()
        .map_err(|_| InputError(format!("{name} is {text:?}, and {allowed}")))?;
    if range.contains(&number) {
        return Ok(number);
    }
    Err(InputError(format!("{name} is {number}, and {allowed}")))
}

#[cfg(test)]
mod tests {
    use super::number_between;

    #[test]
    fn reads_a_number_with_underscores() {
        assert_eq!(number_between("n", "1_000", 1..=1000), Ok(1000));
    }

    #[test]
    fn names_what_is_wrong_and_what_is_allowed() {
        let message = |text| number_between("n", text, 1..=50).expect_err("is refused").to_string();
        assert_eq!(message("0"), "n is 0, and must be a number from 1 to 50");
        assert_eq!(message("two"), "n is \"two\", and must be a number from 1 to 50");
        assert_eq!(message("-1"), "n is \"-1\", and must be a number from 1 to 50");
    }
}
