//! Deadlocks and data races in words: one statement a line.

use engine::{
    analysis::{Access, AccessKind, Cause, Link, Loss, Race, WeakPair},
    outcome::Blocked,
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
fn only_joins(blocked: &Blocked) -> bool {
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
        Cause::Holding { holder, .. } => vec![format!("{name}: {}", holds_and_waits(holder))],
        Cause::LostWakeUp { sleeper, on, since, loss, .. } => {
            let sleeps = format!(
                "{name}: {sleeper} waits on {on} at {since}, and would go on if it were woken"
            );
            vec![sleeps, format!("  {}", lost(sleeper, loss))]
        }
    }
}

fn holds_and_waits(link: &Link) -> String {
    let Link { task, holds, wait, .. } = link;
    match holds {
        Some((lock, place)) => format!("{task} holds {lock} since {place} and {wait}"),
        None => format!("{task} {wait}"),
    }
}

fn lost(sleeper: &str, loss: &Loss) -> String {
    match loss {
        Loss::TooEarly { notifier, place } => {
            format!("{notifier} notified at {place}, before {sleeper} slept")
        }
        Loss::Elsewhere { notifier, place, woken } => {
            format!("{notifier} notified one at {place}: that woke {woken}, which slept again")
        }
        Loss::NeverSent => "nobody has notified it since".to_owned(),
    }
}

/// The two accesses, and why nothing orders them.
pub(crate) fn race(race: &Race) -> Vec<String> {
    let Race { on, first, second, weak } = race;
    let mut lines = vec![access(first, on), access(second, on)];
    match weak {
        None => lines.push("nothing makes the first happen before the second".to_owned()),
        Some(WeakPair { store, load }) => {
            lines.push(format!("the {store}"));
            lines.push(format!("and the {load} do not order them: {}", remedy(store.op, load.op)));
        }
    }
    lines
}

fn access(access: &Access, on: &str) -> String {
    let Access { task, step, place, kind } = access;
    match kind {
        AccessKind::Read => format!("{task} reads {on} at {place} (step {step})"),
        AccessKind::Write => format!("{task} writes {on} at {place} (step {step})"),
        AccessKind::Callback => format!("{task} is in its callback (step {step})"),
    }
}

/// Which orderings would order what the pair does not.
fn remedy(store: Op, load: Op) -> &'static str {
    match (store.releases(), load.acquires()) {
        (false, false) => "that takes a Release and an Acquire",
        (false, true) => "an Acquire must read a Release",
        _ => "a Release must be read by an Acquire",
    }
}
