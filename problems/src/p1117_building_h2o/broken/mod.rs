//! Wrong answers to 1117, and the verdicts they must get.

mod apart;
mod barrier_alone;
mod collected_before_turn;
mod counted_apart;
mod early_place;
mod hydrogen_first;
mod lost_count;
mod lost_share;
mod one_by_one;
mod oxygen_first;
mod seen_by_both;
mod starter;
mod woken_once;
mod woken_unasked;

use super::{async_solution, solution};
use crate::{
    Broken,
    Fault::{Deadlock, InvariantViolated, WrongAnswer},
    Technique,
};

/// The starter, and the classic ones: those that only the strict grade catches first.
pub(super) const ALL: &[Broken] = &[
    solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody")
        .must_get(WrongAnswer, "oohhhh"),
    solution::<hydrogen_first::Announcements>(
        "hydrogen-first",
        Technique::Semaphore,
        "hydrogen prints as soon as it comes",
    )
    .must_get(InvariantViolated, "hoh"),
    solution::<oxygen_first::Announcements>(
        "oxygen-first",
        Technique::Semaphore,
        "oxygen need not wait for hydrogen the first time",
    )
    .must_get(InvariantViolated, "hoh"),
    solution::<counted_apart::Vessel>(
        "counted-apart",
        Technique::Condvar,
        "each kind has room in the molecule, and does not look at the other kind",
    )
    .must_get(InvariantViolated, "hoh"),
    solution::<collected_before_turn::Requests>(
        "collected-before-turn",
        Technique::Channel,
        "two oxygens each collect one hydrogen, though a molecule could be made",
    )
    .must_get(InvariantViolated, "oohhhh-in-order"),
    solution::<woken_unasked::Vessel>(
        "woken-unasked",
        Technique::Condvar,
        "whoever wakes goes on without looking whether there is room",
    )
    .must_get(WrongAnswer, "hohhohhoh"),
    solution::<woken_once::Vessel>(
        "woken-once",
        Technique::Condvar,
        "three are admitted and one is notified",
    )
    .must_get(Deadlock, "hoh"),
    solution::<one_by_one::Announcements>(
        "one-by-one",
        Technique::Semaphore,
        "oxygen takes its two permits one at a time",
    )
    .must_get(Deadlock, "oohhhh"),
    solution::<lost_count::Announcements>(
        "lost-count",
        Technique::Atomic,
        "two hydrogens count themselves at once, and one is lost",
    )
    .must_get(Deadlock, "hoh"),
    solution::<seen_by_both::Molecule>(
        "seen-by-both",
        Technique::Semaphore,
        "both hydrogens see that no place is left, and both let an oxygen in",
    )
    .must_get(WrongAnswer, "hohhohhoh"),
    solution::<barrier_alone::Meeting>(
        "barrier-alone",
        Technique::Barrier,
        "any three atoms make a molecule",
    )
    .must_get(WrongAnswer, "oohhhh"),
    solution::<early_place::Molecule>(
        "early-place",
        Technique::Semaphore,
        "a place is given back before the molecule has met",
    )
    .must_get(WrongAnswer, "oohhhh"),
    solution::<apart::Molecule>(
        "apart",
        Technique::Barrier,
        "each kind waits for three of its own",
    )
    .must_get(Deadlock, "hoh"),
    async_solution::<lost_share::Invitations>(
        "lost-share",
        "the share of the permit is dropped before printing",
    )
    .must_get(WrongAnswer, "oohhhh"),
];
