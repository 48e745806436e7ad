//! The end of what a worker prints, and how much it was.

use std::collections::VecDeque;

/// How many bytes are kept.
const KEPT: usize = 4096;

/// How many lines are shown.
const LINES: usize = 8;

/// How many letters of a line are shown.
const WIDTH: usize = 120;

/// The end of an output.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    bytes: VecDeque<u8>,
    total: u64,
}

impl Tail {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        self.bytes.extend(&bytes[bytes.len().saturating_sub(KEPT)..]);
        let surplus = self.bytes.len().saturating_sub(KEPT);
        self.bytes.drain(..surplus);
    }

    /// How many bytes there were.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The last lines, with nothing in them that a terminal would obey.
    pub(super) fn lines(&self) -> Vec<String> {
        let bytes: Vec<u8> = self.bytes.iter().copied().collect();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        lines[lines.len().saturating_sub(LINES)..].iter().map(|line| escaped(line)).collect()
    }
}

fn escaped(line: &str) -> String {
    let mut shown = String::new();
    for letter in line.chars().take(WIDTH) {
        if letter.is_control() || is_invisible(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    if line.chars().nth(WIDTH).is_some() {
        shown.push('…');
    }
    shown
}

/// Letters that change how others are shown.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::Tail;

    #[test]
    fn only_the_end_is_kept() {
        let mut tail = Tail::default();
        for number in 0..100_000 {
            tail.add(format!("line {number}\n").as_bytes());
        }
        assert!(tail.bytes.len() <= super::KEPT);
        assert_eq!(tail.lines().last().map(String::as_str), Some("line 99999"));
        assert_eq!(tail.lines().len(), super::LINES);
    }

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        let mut tail = Tail::default();
        tail.add(b"\x1b[2Jgone\r\x07 \xff\n");
        assert_eq!(tail.lines(), ["\\u{1b}[2Jgone\\r\\u{7} \u{fffd}"]);
    }
}
