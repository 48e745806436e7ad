//! A trace as text: one step a line.

use engine::trace::{Place, Step, Trace};
use sync::control::{Kind, Op};

use super::style::{FAINT, paint};
use crate::number::grouped;

/// Columns that the report fits in.
const WIDTH: usize = 80;

/// The last `most` steps of `trace`, of which `told` words those of the log.
pub(super) fn last(trace: &Trace, told: &[String], most: usize) -> String {
    let lines = lines(trace, told);
    let hidden = lines.len().saturating_sub(most);
    let mut text = String::new();
    if hidden > 0 {
        text += &paint(FAINT, format!("      … {} steps before these", grouped(hidden as u64)));
        text.push('\n');
    }
    for line in &lines[hidden..] {
        text += line;
        text.push('\n');
    }
    text
}

/// Every step of `trace`.
pub(super) fn all(trace: &Trace, told: &[String]) -> String {
    last(trace, told, usize::MAX)
}

fn lines(trace: &Trace, told: &[String]) -> Vec<String> {
    let names = trace.tasks.iter().map(|name| name.chars().count());
    let width = names.max().unwrap_or_default();
    let mut told = told.iter();
    let mut line = |(number, step): (usize, &Step)| {
        let name = trace.tasks.get(step.task).map_or("?", String::as_str);
        let head = format!("{number:>6}  {name:<width$}  ");
        let (what, place) = describe(trace, step, &mut told);
        if place.is_empty() {
            return head + &what;
        }
        let used = head.chars().count() + place.chars().count() + 1;
        let room = WIDTH.saturating_sub(used);
        format!("{head}{what:<room$} {}", paint(FAINT, place))
    };
    trace.steps.iter().enumerate().map(&mut line).collect()
}

/// What a step did, and where in the source.
fn describe<'a>(
    trace: &Trace,
    step: &Step,
    told: &mut impl Iterator<Item = &'a String>,
) -> (String, String) {
    let operation = step.operation;
    match operation.op {
        // The log's own lines say more, and where the harness stands is of no use.
        Op::Begin | Op::End | Op::Quiesce => {
            (told.next().cloned().unwrap_or_default(), String::new())
        }
        Op::Start => (operation.op.verb().to_owned(), String::new()),
        op => {
            let what = match on(trace, operation.resource) {
                Some(name) => format!("{} {name}", op.verb()),
                None => op.verb().to_owned(),
            };
            (what, Place(operation.place).to_string())
        }
    }
}

/// What reports call a resource: nothing if it is time, a task's name if it is one.
fn on(trace: &Trace, resource: u32) -> Option<String> {
    let name = trace.resources.get(resource as usize)?;
    match name.kind {
        Kind::Clock => None,
        Kind::Task => trace.tasks.get(name.number as usize).cloned(),
        _ => Some(name.to_string()),
    }
}
