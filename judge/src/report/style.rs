//! The few colours there are. What they say stands in the text too.

use anstyle::{AnsiColor, Style};

/// Titles and names.
pub(super) const STRONG: Style = Style::new().bold();
/// What is accepted.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is rejected, or wrong.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What is left open.
pub(super) const OPEN: Style = AnsiColor::Yellow.on_default().bold();
/// What matters less.
pub(super) const FAINT: Style = Style::new().dimmed();

/// `text` in `style`.
pub(super) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{}{text}{}", style.render(), style.render_reset())
}
