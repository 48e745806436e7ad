//! An interface as its file has it, but for lines that are too wide: comments are filled anew, and
//! signatures broken as rustfmt breaks them.

use std::mem;

use super::wrap::WIDTH;

/// How far the whole stands in.
const INDENT: usize = 4;

/// The source of an interface, without the comment on its file.
pub(super) fn indented(source: &str) -> String {
    let code = source.lines().skip_while(|line| line.starts_with("//!") || line.is_empty());
    let mut text = Text::default();
    for line in code {
        text.add(line);
    }
    text.end_paragraph();
    text.written
}

#[derive(Default)]
struct Text {
    written: String,
    /// What stands before each line of a paragraph of comment, and its words so far.
    paragraph: Option<(String, Vec<String>)>,
    /// Whether the comment is in an example, whose lines are code.
    in_example: bool,
}

impl Text {
    fn add(&mut self, line: &str) {
        let words = line.trim_start().strip_prefix("/// ");
        let is_fence = words.is_some_and(|words| words.starts_with("```"));
        if let Some(words) = words.filter(|_| !is_fence && !self.in_example) {
            let prefix = line[..line.len() - words.len()].to_owned();
            let paragraph = self.paragraph.get_or_insert((prefix, Vec::new()));
            paragraph.1.extend(words.split(' ').map(str::to_owned));
        } else {
            self.end_paragraph();
            self.write(&broken(line).unwrap_or_else(|| line.to_owned()));
        }
        self.in_example ^= is_fence;
    }

    /// Writes the paragraph of comment that is over.
    fn end_paragraph(&mut self) {
        let Some((prefix, words)) = self.paragraph.take() else { return };
        let mut line = prefix.clone();
        for word in words {
            let is_full = INDENT + line.chars().count() + word.chars().count() > WIDTH;
            if is_full {
                self.write(mem::replace(&mut line, prefix.clone()).trim_end());
            }
            line = line + &word + " ";
        }
        self.write(line.trim_end());
    }

    fn write(&mut self, lines: &str) {
        for line in lines.lines().chain(lines.is_empty().then_some("")) {
            self.written += format!("{}{line}", " ".repeat(INDENT)).trim_end();
            self.written.push('\n');
        }
    }
}

/// A method's signature with each parameter on a line of its own, if it is too wide for one.
fn broken(line: &str) -> Option<String> {
    if INDENT + line.chars().count() <= WIDTH {
        return None;
    }
    let (name, rest) = line.split_once("(&self, ")?;
    let (parameters, after) = rest.split_once(')')?;
    let indent = &line[..line.len() - line.trim_start().len()];
    let parameters = parameters
        .split(", ")
        .fold(String::new(), |lines, parameter| lines + indent + "    " + parameter + ",\n");
    Some(format!("{name}(\n{indent}    &self,\n{parameters}{indent}){after}"))
}

#[cfg(test)]
mod tests {
    use problems::ALL;

    use super::{INDENT, indented};
    use crate::report::wrap::WIDTH;

    #[test]
    fn every_interface_fits() {
        for problem in ALL {
            let text = indented(problem.interface);
            let wide = text.lines().find(|line| line.chars().count() > WIDTH);
            assert_eq!(wide, None, "{}", problem.number);
        }
    }

    #[test]
    fn nothing_is_lost_but_line_ends() {
        let plain = |text: &str| {
            let words = text.split_whitespace().filter(|word| *word != "///");
            words.collect::<String>().replace(",)", ")")
        };
        for problem in ALL {
            let code = problem.interface.lines().skip_while(|line| line.starts_with("//!"));
            let code = plain(&code.collect::<Vec<_>>().join("\n"));
            assert_eq!(plain(&indented(problem.interface)), code, "{}", problem.number);
        }
    }

    #[test]
    fn a_wide_signature_has_a_line_for_each_parameter() {
        let source = "fn crawl<T: Send>(&self, start_url: &str, parser: Arc<dyn HtmlParser>) -> \
                      Vec<String>;";
        let indent = " ".repeat(INDENT);
        let lines = [
            "fn crawl<T: Send>(",
            "    &self,",
            "    start_url: &str,",
            "    parser: Arc<dyn HtmlParser>,",
            ") -> Vec<String>;",
        ];
        let expected = lines.map(|line| format!("{indent}{line}\n")).concat();
        assert_eq!(indented(source), expected);
    }
}
