//! Lines that fit: what is wider than a report is broken at spaces, and goes on further in.

use anstream::adapter::strip_str;

/// Columns that a report fits in.
pub(crate) const WIDTH: usize = 80;

/// `text`, its lines broken where they are too wide. What has no space stays whole: addresses and
/// paths are there to be copied.
pub(super) fn wrapped(text: &str) -> String {
    let line = |line: &str| {
        if width(line) <= WIDTH {
            return line.to_owned();
        }
        let indent = line.len() - line.trim_start().len();
        laid(indent, line.split_whitespace(), "")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A statement that stands so far in, its lines broken where they are too wide; if it has several, as a
/// failed assertion has, the others stand further in.
pub(super) fn statement(indent: usize, text: &str) -> String {
    let indent = " ".repeat(indent);
    wrapped(&format!("{indent}{}", text.replace('\n', &format!("\n{indent}  "))))
}

/// A command that a shell reads as one line, broken between `parts`.
pub(super) fn command(indent: usize, parts: &[String]) -> String {
    let whole = format!("{}{}", " ".repeat(indent), parts.join(" "));
    if width(&whole) <= WIDTH {
        return whole;
    }
    laid(indent, parts.iter().map(String::as_str), " \\")
}

/// How many columns `text` takes: colours take none.
pub(super) fn width(text: &str) -> usize {
    strip_str(text).to_string().chars().count()
}

/// `parts` in lines as wide as fit, each but the last with `ending`.
fn laid<'a>(indent: usize, parts: impl Iterator<Item = &'a str>, ending: &str) -> String {
    let mut text = " ".repeat(indent);
    let (mut column, mut is_first) = (indent, true);
    for part in parts {
        if is_first {
            is_first = false;
        } else if column + 1 + width(part) + ending.len() > WIDTH {
            text = text + ending + "\n" + &" ".repeat(indent + 2);
            column = indent + 2;
        } else {
            text.push(' ');
            column += 1;
        }
        text += part;
        column += width(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, command, statement, width, wrapped};
    use crate::report::style::{BAD, paint};

    #[test]
    fn what_fits_stays_as_it_is() {
        let text = "two  spaces\n    and a column     further on\n";
        assert_eq!(wrapped(text), text.trim_end());
    }

    #[test]
    fn what_is_too_wide_goes_on_further_in() {
        let text = wrapped(&format!("  {}", "word ".repeat(20)));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("  word") && lines[1].starts_with("    word"), "{text}");
        assert!(lines.iter().all(|line| line.len() <= WIDTH), "{text}");
    }

    #[test]
    fn an_address_is_never_broken() {
        let address = format!("http://h.org/{}", "x".repeat(100));
        assert_eq!(wrapped(&format!("  it is {address}")), format!("  it is\n    {address}"));
    }

    #[test]
    fn colours_take_no_room() {
        let red = paint(BAD, "x".repeat(78));
        assert_eq!((width(&red), wrapped(&red).lines().count()), (78, 1));
    }

    #[test]
    fn a_broken_command_is_one_line_to_a_shell() {
        let parts = ["judge replay 1242", &format!("--impl {}", "x".repeat(56)), "--seed 0"];
        let text = command(2, &parts.map(str::to_owned));
        assert_eq!(text.lines().filter(|line| line.ends_with(" \\")).count(), 1, "{text}");
        assert_eq!(text.replace(" \\\n   ", ""), format!("  {}", parts.join(" ")));
    }

    #[test]
    fn the_lines_of_a_statement_stand_below_its_first() {
        let text = "it panicked: left == right\n  left: 0\n right: 7";
        let expected = "  it panicked: left == right\n      left: 0\n     right: 7";
        assert_eq!(statement(2, text), expected);
    }
}
