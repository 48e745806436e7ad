//! What each task is up to at each step that a page shows.

use std::ops::Range;

use engine::analysis::Holdings;
use sync::control::TaskId;

use crate::report::timeline::{Item, Lane, Scene, waiting};

/// One step of the page, or the end.
pub(super) struct Moment {
    /// Names the moment within the page.
    pub(super) id: usize,
    /// What is said above: "step 12".
    pub(super) title: String,
    /// Whether it is the one that is shown at first: where the output goes wrong, or else the last.
    pub(super) is_first: bool,
    /// The line of source that it lights up.
    pub(super) line: Option<String>,
    /// The tasks that are there.
    pub(super) tasks: Vec<State>,
}

/// A task at one moment.
pub(super) struct State {
    pub(super) name: String,
    /// "runs", "ready", "waits".
    pub(super) is: &'static str,
    /// What it does, or waits for.
    pub(super) what: String,
    /// What it has locked.
    pub(super) holds: Vec<String>,
}

/// A moment for each step of `items`, and one for the end if somebody waits there.
pub(super) fn moments(scene: &Scene<'_>, items: &[Item]) -> Vec<Moment> {
    let holdings = Holdings::of(scene.trace);
    let steps = items.iter().filter_map(|item| match item {
        Item::Step(step) => Some(*step),
        _ => None,
    });
    let end = (!scene.stuck().is_empty()).then(|| scene.steps().len());
    let moment = |step: usize| Moment {
        id: step,
        title: if step < scene.steps().len() { format!("Step {step}") } else { "The end".into() },
        is_first: false,
        line: line(scene, step),
        tasks: tasks(scene).filter_map(|task| state(scene, &holdings, task, step)).collect(),
    };
    let mut moments: Vec<Moment> = steps.chain(end).map(moment).collect();
    let bad = moments.iter().position(|moment| Some(moment.id) == scene.bad());
    let first = bad.or_else(|| moments.len().checked_sub(1));
    first.inspect(|&first| moments[first].is_first = true);
    moments
}

/// Every task but the harness, which only waits for the others.
fn tasks(scene: &Scene<'_>) -> Range<TaskId> {
    usize::from(scene.trace.tasks.len() > 1)..scene.trace.tasks.len()
}

fn line(scene: &Scene<'_>, step: usize) -> Option<String> {
    let place = if step < scene.steps().len() {
        scene.place(step)
    } else {
        scene.stuck().first().and_then(|blocked| waiting(blocked).1)
    };
    place.map(super::listing::anchor)
}

fn state(scene: &Scene<'_>, holdings: &Holdings, task: TaskId, step: usize) -> Option<State> {
    let (is, what) = match scene.lane(task, step) {
        Lane::Absent => return None,
        Lane::Runs => ("runs", scene.action(step)),
        Lane::Ready => ("ready", next(scene, task, step)),
        Lane::Waits => ("waits", next(scene, task, step)),
    };
    let held = holdings.at(task, step).filter_map(|resource| scene.trace.resource(resource));
    let name = scene.trace.task(task).to_owned();
    Some(State { name, is, what, holds: held.collect() })
}

/// What `task` is about to do, as far as the execution tells.
fn next(scene: &Scene<'_>, task: TaskId, step: usize) -> String {
    let stuck = || scene.stuck().into_iter().find(|blocked| blocked.task == task);
    match scene.next(task, step) {
        Some(next) => format!("next: {}", scene.trace.action(&next.operation)),
        None => stuck().map(|blocked| waiting(blocked).0).unwrap_or_default(),
    }
}
