//! The few colours and signs there are. What colours say stands in the text too.

use std::{io::IsTerminal, sync::OnceLock};

use anstyle::{AnsiColor, Style};

use super::timeline::Lane;

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

/// The signs that timelines are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyphs {
    /// A task takes a step.
    pub(super) runs: &'static str,
    /// A task could go on.
    pub(super) ready: &'static str,
    /// A task waits.
    pub(super) waits: &'static str,
    /// A task waits for ever.
    pub(super) stuck: &'static str,
    /// Something is left out.
    pub(super) more: &'static str,
}

/// Signs that every terminal and every file can hold.
const PLAIN: Glyphs = Glyphs { runs: "o", ready: "|", waits: ":", stuck: "x", more: "..." };

/// Signs that are easier to follow.
const DRAWN: Glyphs = Glyphs { runs: "●", ready: "│", waits: "┊", stuck: "✗", more: "…" };

static CHOSEN: OnceLock<Glyphs> = OnceLock::new();

/// Decides once for the whole process: drawn signs on a terminal that shows them and wants colour,
/// plain ones everywhere else.
pub(crate) fn choose_glyphs() {
    let wants_color = anstream::ColorChoice::global() != anstream::ColorChoice::Never
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let is_drawn = std::io::stdout().is_terminal() && wants_color && speaks_unicode();
    CHOSEN.get_or_init(|| if is_drawn { DRAWN } else { PLAIN });
}

/// Whether the locale's characters are encoded in UTF-8.
fn speaks_unicode() -> bool {
    let of = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = of("LC_ALL").or_else(|| of("LC_CTYPE")).or_else(|| of("LANG"));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_uppercase();
        locale.contains("UTF-8") || locale.contains("UTF8")
    })
}

impl Glyphs {
    /// What was decided; plain ones if nobody has.
    pub(super) fn chosen() -> Self {
        CHOSEN.get().copied().unwrap_or(PLAIN)
    }

    pub(super) fn lane(self, lane: Lane) -> &'static str {
        match lane {
            Lane::Absent => " ",
            Lane::Runs => self.runs,
            Lane::Ready => self.ready,
            Lane::Waits => self.waits,
        }
    }
}
