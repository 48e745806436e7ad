//! How much a wrong execution takes, for judgements and for replays.

use engine::strategy::Witness;

use crate::number::grouped;

/// How much it takes: "2 preemptions, 14 steps".
pub(crate) fn size(witness: &Witness, steps: usize) -> String {
    let count = |number: usize, what: &str| match number {
        1 => format!("1 {what}"),
        _ => format!("{} {what}s", grouped(number as u64)),
    };
    let mut parts = vec![count(witness.preempted.len(), "preemption")];
    if witness.older() > 0 {
        parts.push(count(witness.older(), "older store"));
    }
    if witness.wakes() > 0 {
        parts.push(count(witness.wakes(), "spurious wake-up"));
    }
    parts.push(count(steps, "step"));
    parts.join(", ")
}
