//! What is wrong with an execution, in a few lines: for judgements and for replays.

use engine::strategy::Witness;

use super::{
    style::{BAD, Glyphs, paint},
    timeline::Scene,
};
use crate::{Rejection, cycle::cycle, number::grouped};

/// What is wrong, one statement a line, and who waits for whom.
pub(super) fn explained(rejection: &Rejection, scene: Option<&Scene<'_>>) -> Vec<String> {
    let mut lines = rejection.explain();
    if let (Rejection::Deadlock(blocked), Some(scene)) = (rejection, scene)
        && let Some(circle) = cycle(scene.trace, blocked)
    {
        let [first, next, last] = Glyphs::chosen().circle;
        lines.push(String::new());
        for (index, link) in circle.iter().enumerate() {
            let sign = if index == 0 { first } else { next };
            let task = scene.trace.task(link.task);
            let held = match link.since {
                Some(step) => format!(", locked at step {step} by"),
                None => ", which waits:".to_owned(),
            };
            lines.push(format!("{} {task} waits for {}{held}", paint(BAD, sign), link.on));
        }
        let task = scene.trace.task(circle[0].task);
        lines.push(format!("{} {task}", paint(BAD, last)));
    }
    lines
}

/// How much it takes: "2 preemptions, 14 steps".
pub(crate) fn size(witness: &Witness, steps: usize) -> String {
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{} {what}s", grouped(number as u64)),
    };
    let mut parts = vec![count(witness.preempted.len(), "preemption")];
    if witness.wakes() > 0 {
        parts.push(count(witness.wakes(), "wait") + " that may end for no reason");
    }
    parts.push(count(steps, "step"));
    parts.join(", ")
}
