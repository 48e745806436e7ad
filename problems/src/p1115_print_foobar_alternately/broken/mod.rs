//! Wrong answers to 1115, and the verdicts they must get.

mod both_gates_open;
mod early_handover;
mod flag_without_waiting;
mod rendezvous_token;
mod single_meeting;
mod starter;

use super::{FooBar, solution};
use crate::{
    Broken,
    Fault::{self, Deadlock, WrongAnswer},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    broken::<starter::Starter>(
        "starter",
        Technique::Atomic,
        "nobody waits for anybody",
        (WrongAnswer, "n1"),
    ),
    broken::<flag_without_waiting::Flag>(
        "flag-without-waiting",
        Technique::Condvar,
        "foo never waits for bar, so two signals merge into one",
        (WrongAnswer, "n2"),
    ),
    broken::<early_handover::Turn>(
        "early-handover",
        Technique::Condvar,
        "the turn is handed over before the word is printed",
        (WrongAnswer, "n1"),
    ),
    broken::<rendezvous_token::Tokens>(
        "rendezvous-token",
        Technique::Channel,
        "the last token has no receiver, and the channel has no room for it",
        (Deadlock, "n1"),
    ),
    broken::<single_meeting::Rounds>(
        "single-meeting",
        Technique::Barrier,
        "one meeting a round lets foo print again before bar",
        (WrongAnswer, "n2"),
    ),
    broken::<both_gates_open::Gates>(
        "both-gates-open",
        Technique::Semaphore,
        "both gates hold a permit at first",
        (WrongAnswer, "n1"),
    ),
];

const fn broken<S: FooBar>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: solution::<S>(name, technique, idea), fault, case }
}
