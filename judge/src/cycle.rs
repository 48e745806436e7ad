//! Who waits for whom at the end of a deadlock, when they wait in a circle.

use engine::{
    outcome::{Blocked, Wait},
    trace::Trace,
};
use sync::control::{Kind, Op, TaskId};

/// One task of a circle: it waits for something that the next one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Who waits.
    pub(crate) task: TaskId,
    /// For what: "mutex #1", or a task's name.
    pub(crate) on: String,
    /// Who has it.
    pub(crate) holder: TaskId,
    /// The step at which the holder locked it; none if the holder itself is what is waited for.
    pub(crate) since: Option<usize>,
}

/// The circle in which `blocked` wait for each other, from its lowest task on; `None` if there is
/// none, or if it cannot be told who has what.
pub(crate) fn cycle(trace: &Trace, blocked: &[Blocked]) -> Option<Vec<Link>> {
    let links: Vec<Link> = blocked.iter().filter_map(|blocked| link(trace, blocked)).collect();
    let next = |task: TaskId| links.iter().find(|link| link.task == task);
    let returns = |first: &&Link| {
        let mut holder = first.holder;
        (0..links.len()).any(|_| {
            let is_first = holder == first.task;
            holder = next(holder).map_or(holder, |link| link.holder);
            is_first
        })
    };
    let first = links.iter().filter(returns).min_by_key(|link| link.task)?;
    let mut circle = vec![first.clone()];
    let mut holder = first.holder;
    while holder != first.task {
        let link = next(holder)?;
        circle.push(link.clone());
        holder = link.holder;
    }
    Some(circle)
}

fn link(trace: &Trace, blocked: &Blocked) -> Option<Link> {
    let wait = blocked.wait.as_ref()?;
    let (holder, since) = match wait.op {
        Op::Join => (trace.tasks.iter().position(|name| *name == wait.on)?, None),
        Op::Lock | Op::Wake | Op::Write => {
            let (holder, step) = holder(trace, wait)?;
            (holder, Some(step))
        }
        _ => return None,
    };
    Some(Link { task: blocked.task, on: wait.on.clone(), holder, since })
}

/// Who has locked what is waited for, and when. Whoever locked it last has it still, since it is
/// not free; an attempt since then leaves that open.
fn holder(trace: &Trace, wait: &Wait) -> Option<(TaskId, usize)> {
    let is_lock = |kind| matches!(kind, Kind::Mutex | Kind::RwLock);
    let called = |name: &&engine::trace::Name| is_lock(name.kind) && name.to_string() == wait.on;
    let resource = trace.resources.iter().position(|name| called(&name))?;
    let touches = |&(_, step): &(usize, &engine::trace::Step)| {
        usize::try_from(step.operation.resource).is_ok_and(|index| index == resource)
    };
    let (number, step) = trace.steps.iter().enumerate().rfind(touches)?;
    match step.operation.op {
        Op::Lock | Op::Wake | Op::Write => Some((step.task, number)),
        _ => None,
    }
}
