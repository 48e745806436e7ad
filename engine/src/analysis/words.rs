//! Deadlocks and races in words: one statement a line.

use std::collections::BTreeSet;

use sync::control::Op;

use super::{Cause, Link, Loss, Race, WeakPair};
use crate::{outcome::Blocked, trace::Place};

impl Cause {
    /// In words: one statement a line.
    fn lines(&self) -> Vec<String> {
        let name = self.name();
        match self {
            Self::Cycle(links) => match &links[..] {
                [link] => vec![format!("{name}: {}", holds_and_waits(link))],
                links => {
                    let heading =
                        format!("{name}: each waits for the next, and the last for the first");
                    let each = links.iter().map(|link| format!("  {}", holds_and_waits(link)));
                    [heading].into_iter().chain(each).collect()
                }
            },
            Self::Holding { holder, .. } => {
                let holds =
                    holder.holds.as_ref().map(|(lock, place)| format!(" holds {lock} ({place})"));
                let holds = format!("{name}: {}{}", holder.task, holds.unwrap_or_default());
                vec![holds, format!("  and {}", holder.wait)]
            }
            Self::LostWakeUp { sleeper, on, since, loss, .. } => vec![
                format!("{name}: {sleeper} waits on {on} at {since}"),
                "  and would go on if it were woken".to_owned(),
                format!("  {}", lost(sleeper, loss)),
            ],
        }
    }
}

/// A deadlock in words, one statement a line: its cause, if that can be told, and what those wait for of
/// whom nothing is said by then.
pub fn deadlock<'a>(
    blocked: impl IntoIterator<Item = &'a Blocked>,
    cause: Option<&Cause>,
) -> Vec<String> {
    let mut lines = cause.map(Cause::lines).unwrap_or_default();
    let is_told = |blocked: &&Blocked| cause.is_some_and(|cause| cause.explains(blocked.task));
    let rest = blocked.into_iter().filter(|blocked| !is_told(blocked));
    lines.extend(rest.map(Blocked::to_string));
    lines
}

impl Race {
    /// Where in the source the accesses are, whichever came first: what tells one race from another.
    pub fn places(&self) -> BTreeSet<String> {
        [&self.first, &self.second].map(|access| access.place.to_string()).into()
    }

    /// The two accesses, and why nothing orders them: one statement a line.
    pub fn lines(&self) -> Vec<String> {
        let Race { on, first, second, weak } = self;
        let mut lines = vec![first.tell(on), second.tell(on)];
        lines.push("and nothing makes the first happen before the second".to_owned());
        if let Some(WeakPair { store, load }) = weak {
            let load_place = after(store.place, load.place);
            lines
                .push(format!("the {store} and the {} at {load_place} order nothing", load.what()));
            lines.push(remedy(store.op, load.op).to_owned());
        }
        lines
    }
}

fn holds_and_waits(link: &Link) -> String {
    let Link { task, holds, wait, .. } = link;
    match holds {
        Some((lock, held)) => {
            let (on, place) = (&wait.on, after(*held, wait.place));
            format!("{task} holds {lock} ({held}), waits for {on} ({place})")
        }
        None => format!("{task} {wait}"),
    }
}

/// A place that is told after another one: only its line, if that is in the same file.
fn after(before: Place, place: Place) -> String {
    if before.file() == place.file() { format!(":{}", place.line()) } else { place.to_string() }
}

fn lost(sleeper: &str, loss: &Loss) -> String {
    match loss {
        Loss::TooEarly { notifier, place } => {
            format!("{notifier} notified at {place}, before {sleeper} slept")
        }
        Loss::Elsewhere { notifier, place, woken } => {
            format!("{notifier} notified one at {place}: {woken} woke, and slept again")
        }
        Loss::NeverSent => "nobody has notified it since".to_owned(),
    }
}

/// Which orderings would order what the pair does not.
fn remedy(store: Op, load: Op) -> &'static str {
    match (store.releases(), load.acquires()) {
        (false, false) => "a Release that is read by an Acquire would",
        (false, true) => "the Acquire must read a Release",
        _ => "the Release must be read by an Acquire",
    }
}
