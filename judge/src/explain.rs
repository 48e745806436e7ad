//! Deadlocks and data races in words: one statement a line.

use engine::{
    analysis::{Cause, Link, Loss, Race, WeakPair},
    outcome::Blocked,
    trace::Place,
};
use sync::control::Op;

/// What a deadlock is, if that can be told, and what those wait for of whom nothing is said yet.
pub(crate) fn deadlock(blocked: &[Blocked], cause: Option<&Cause>) -> Vec<String> {
    let mut lines = cause.map(tell).unwrap_or_default();
    let is_told = |blocked: &&Blocked| cause.is_some_and(|cause| cause.explains(blocked.task));
    let rest = blocked.iter().filter(|blocked| !only_joins(blocked) && !is_told(blocked));
    lines.extend(rest.map(Blocked::to_string));
    lines
}

/// Whether this is the harness, which waits for the calls and is none of the solution's.
pub(crate) fn only_joins(blocked: &Blocked) -> bool {
    let joins = |wait: &engine::outcome::Wait| wait.op == Op::Join;
    blocked.task == 0 && blocked.wait.as_ref().is_some_and(joins)
}

fn tell(cause: &Cause) -> Vec<String> {
    let name = cause.name();
    match cause {
        Cause::Cycle(links) => match &links[..] {
            [link] => vec![format!("{name}: {}", holds_and_waits(link))],
            links => {
                let heading =
                    format!("{name}: each waits for the next, and the last for the first");
                let each = links.iter().map(|link| format!("  {}", holds_and_waits(link)));
                [heading].into_iter().chain(each).collect()
            }
        },
        Cause::Holding { holder, .. } => {
            let holds =
                holder.holds.as_ref().map(|(lock, place)| format!(" holds {lock} ({place})"));
            let holds = format!("{name}: {}{}", holder.task, holds.unwrap_or_default());
            vec![holds, format!("  and {}", holder.wait)]
        }
        Cause::LostWakeUp { sleeper, on, since, loss, .. } => vec![
            format!("{name}: {sleeper} waits on {on} at {since}"),
            "  and would go on if it were woken".to_owned(),
            format!("  {}", lost(sleeper, loss)),
        ],
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

/// The two accesses, and why nothing orders them.
pub(crate) fn race(race: &Race) -> Vec<String> {
    let Race { on, first, second, weak } = race;
    let mut lines = vec![first.tell(on), second.tell(on)];
    lines.push("and nothing makes the first happen before the second".to_owned());
    if let Some(WeakPair { store, load }) = weak {
        let load_place = after(store.place, load.place);
        lines.push(format!("the {store} and the {} at {load_place} order nothing", load.what()));
        lines.push(remedy(store.op, load.op).to_owned());
    }
    lines
}

/// Which orderings would order what the pair does not.
fn remedy(store: Op, load: Op) -> &'static str {
    match (store.releases(), load.acquires()) {
        (false, false) => "a Release that is read by an Acquire would",
        (false, true) => "the Acquire must read a Release",
        _ => "the Release must be read by an Acquire",
    }
}
