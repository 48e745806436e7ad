//! Who has locked what, as far as a trace can prove it.

use engine::trace::{Operation, Step};
use sync::control::{Op, TaskId};

use super::{Lane, Scene};

/// Whoever locked something last has it for as long as somebody waits for it afterwards: it is not
/// free, and nobody else has locked it meanwhile.
pub(crate) struct Holds(Vec<Hold>);

/// In how long an execution it is looked for: each step is compared with those that follow.
const MOST_STEPS: usize = 5_000;

struct Hold {
    task: TaskId,
    resource: u32,
    from: usize,
    to: usize,
}

impl Holds {
    pub(crate) fn of(scene: &Scene<'_>) -> Self {
        let steps = scene.steps();
        if steps.len() > MOST_STEPS {
            return Self(Vec::new());
        }
        let locks = steps.iter().enumerate().filter(|(_, step)| locks(step.operation.op));
        Self(locks.map(|(from, step)| hold(scene, from, step)).collect())
    }

    /// What `task` has at step number `step`.
    pub(crate) fn at(&self, task: TaskId, step: usize) -> impl Iterator<Item = u32> {
        let holds = move |hold: &&Hold| hold.task == task && (hold.from..=hold.to).contains(&step);
        self.0.iter().filter(holds).map(|hold| hold.resource)
    }
}

fn locks(op: Op) -> bool {
    matches!(op, Op::Lock | Op::Wake | Op::Write)
}

fn hold(scene: &Scene<'_>, from: usize, step: &Step) -> Hold {
    let Operation { resource, .. } = step.operation;
    let steps = scene.steps();
    let is_next = |next: &Step| locks(next.operation.op) && next.operation.resource == resource;
    let next = steps.iter().skip(from + 1).position(is_next);
    let end = next.map_or(steps.len(), |distance| from + distance);
    let wanted = |&at: &usize| {
        let waits = |task| task != step.task && waits_for(scene, task, at, resource);
        (0..scene.trace.tasks.len()).any(waits)
    };
    let to = (from..=end).rev().find(wanted).unwrap_or(from);
    Hold { task: step.task, resource, from, to }
}

/// Whether `task` waits to lock `resource` when step number `at` is taken.
fn waits_for(scene: &Scene<'_>, task: TaskId, at: usize, resource: u32) -> bool {
    let is_lock = |op| matches!(op, Op::Lock | Op::Write);
    if scene.lane(task, at) != Lane::Waits {
        return false;
    }
    match scene.next(task, at) {
        Some(step) => is_lock(step.operation.op) && step.operation.resource == resource,
        None => scene.stuck().into_iter().any(|blocked| {
            let wait = blocked.wait.as_ref().filter(|wait| is_lock(wait.op));
            let on = scene.trace.resource(resource);
            blocked.task == task && wait.is_some_and(|wait| Some(&wait.on) == on.as_ref())
        }),
    }
}
