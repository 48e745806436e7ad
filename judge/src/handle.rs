//! Short names of executions that were wrong, to be typed or pasted.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The name of one execution: the problem, the solution's first letters, and five that tell it from
/// others: `1226-left-first-7k2mq`.
///
/// Reading is forgiving: case makes no difference, nor do the letters that look like digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Handle(String);

/// Crockford's base 32: no letter that looks like another, or like a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many of its letters tell an execution from others.
const LETTERS: usize = 5;

/// How many letters of a solution's name are shown: about twenty are typed in all.
const NAME: usize = 10;

/// A text that is no handle.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no handle; one looks like 1226-left-first-7k2mq")]
pub struct HandleError(String);

impl Handle {
    /// The handle of whatever `identity` says of an execution of `solution`.
    pub(crate) fn new(problem: u16, solution: &str, identity: &str) -> Self {
        let name: String = solution.chars().take(NAME).collect();
        let name = name.trim_end_matches('-');
        let mut hash = crate::number::hashed(identity.bytes());
        let mut text = format!("{problem}-{name}-");
        for _ in 0..LETTERS {
            let letter = usize::try_from(hash >> 59).unwrap_or_default();
            text.push(char::from(ALPHABET[letter]));
            hash <<= 5;
        }
        Self(text)
    }

    /// The handle as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Handle {
    type Err = HandleError;

    fn from_str(text: &str) -> Result<Self, HandleError> {
        let refused = || HandleError(text.to_owned());
        let lower = text.to_ascii_lowercase();
        let (before, letters) = lower.rsplit_once('-').ok_or_else(refused)?;
        let meant = |letter| match letter {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let letters: String = letters.chars().map(meant).collect();
        let is_letter = |letter: char| letter.is_ascii() && ALPHABET.contains(&(letter as u8));
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let begins = before.starts_with(|c: char| c.is_ascii_digit());
        let is_handle = letters.len() == LETTERS && letters.chars().all(is_letter);
        // What passes is the name of a file as well, so nothing else may.
        if is_handle && begins && before.contains('-') && before.chars().all(is_plain) {
            Ok(Self(format!("{before}-{letters}")))
        } else {
            Err(refused())
        }
    }
}

impl TryFrom<String> for Handle {
    type Error = HandleError;

    fn try_from(text: String) -> Result<Self, HandleError> {
        text.parse()
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Handle;

    #[test]
    fn a_handle_is_short_and_says_what_it_belongs_to() {
        let handle = Handle::new(1117, "collected-before-turn", "case seed execution");
        assert!(handle.as_str().starts_with("1117-collected-"), "{handle}");
        assert!(handle.as_str().len() <= 21, "{handle}");
    }

    #[test]
    fn a_handle_is_read_as_people_type_it() {
        let handle: Handle = "1226-Left-First-7KOIl".parse().expect("it is one");
        assert_eq!(handle.as_str(), "1226-left-first-7k011");
    }

    #[test]
    fn what_is_no_handle_is_refused() {
        for text in ["", "1226", "1226-7k2mq", "../../etc-7k2mq", "1226-a/b-7k2mq", "1226-a-7k2m"] {
            assert!(text.parse::<Handle>().is_err(), "{text}");
        }
    }
}
