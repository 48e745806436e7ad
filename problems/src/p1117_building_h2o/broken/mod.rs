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

use super::{AsyncH2O, H2O, async_solution, solution};
use crate::{
    Broken,
    Fault::{self, Deadlock, InvariantViolated, WrongAnswer},
    Technique,
};

/// The starter, and the classic ones: those that only the strict grade catches first.
pub(super) const ALL: &[Broken] = &[
    broken::<starter::Starter>(
        "starter",
        Technique::Atomic,
        "nobody waits for anybody",
        (WrongAnswer, "oohhhh"),
    ),
    broken::<hydrogen_first::Announcements>(
        "hydrogen-first",
        Technique::Semaphore,
        "hydrogen prints as soon as it comes",
        (InvariantViolated, "hoh"),
    ),
    broken::<oxygen_first::Announcements>(
        "oxygen-first",
        Technique::Semaphore,
        "oxygen need not wait for hydrogen the first time",
        (InvariantViolated, "hoh"),
    ),
    broken::<counted_apart::Vessel>(
        "counted-apart",
        Technique::Condvar,
        "each kind has room in the molecule, and does not look at the other kind",
        (InvariantViolated, "hoh"),
    ),
    broken::<collected_before_turn::Requests>(
        "collected-before-turn",
        Technique::Channel,
        "two oxygens each collect one hydrogen, though a molecule could be made",
        (InvariantViolated, "oohhhh-in-order"),
    ),
    broken::<woken_unasked::Vessel>(
        "woken-unasked",
        Technique::Condvar,
        "whoever wakes goes on without looking whether there is room",
        (WrongAnswer, "hohhohhoh"),
    ),
    broken::<woken_once::Vessel>(
        "woken-once",
        Technique::Condvar,
        "three are admitted and one is notified",
        (Deadlock, "hoh"),
    ),
    broken::<one_by_one::Announcements>(
        "one-by-one",
        Technique::Semaphore,
        "oxygen takes its two permits one at a time",
        (Deadlock, "oohhhh"),
    ),
    broken::<lost_count::Announcements>(
        "lost-count",
        Technique::Atomic,
        "two hydrogens count themselves at once, and one is lost",
        (Deadlock, "hoh"),
    ),
    broken::<seen_by_both::Molecule>(
        "seen-by-both",
        Technique::Semaphore,
        "both hydrogens see that no place is left, and both let an oxygen in",
        (WrongAnswer, "hohhohhoh"),
    ),
    broken::<barrier_alone::Meeting>(
        "barrier-alone",
        Technique::Barrier,
        "any three atoms make a molecule",
        (WrongAnswer, "oohhhh"),
    ),
    broken::<early_place::Molecule>(
        "early-place",
        Technique::Semaphore,
        "a place is given back before the molecule has met",
        (WrongAnswer, "oohhhh"),
    ),
    broken::<apart::Molecule>(
        "apart",
        Technique::Barrier,
        "each kind waits for three of its own",
        (Deadlock, "hoh"),
    ),
    broken_async::<lost_share::Invitations>(
        "lost-share",
        "the share of the permit is dropped before printing",
        (WrongAnswer, "oohhhh"),
    ),
];

const fn broken<S: H2O>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: solution::<S>(name, technique, idea), fault, case }
}

const fn broken_async<S: AsyncH2O>(
    name: &'static str,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: async_solution::<S>(name, idea), fault, case }
}
