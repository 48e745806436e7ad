//! Wrong answers to 1115, and the verdicts they must get.

mod both_gates_open;
mod early_handover;
mod flag_without_waiting;
mod relaxed_store;
mod rendezvous_token;
mod single_meeting;
mod starter;

use super::solution;
use crate::{
    Broken,
    Fault::{DataRace, Deadlock, WrongAnswer},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody")
        .must_get(WrongAnswer, "n1"),
    solution::<flag_without_waiting::Flag>(
        "flag-without-waiting",
        Technique::Condvar,
        "foo never waits for bar, so two signals merge into one",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<early_handover::Turn>(
        "early-handover",
        Technique::Condvar,
        "the turn is handed over before the word is printed",
    )
    .must_get(WrongAnswer, "n1"),
    solution::<rendezvous_token::Tokens>(
        "rendezvous-token",
        Technique::Channel,
        "the last token has no receiver, and the channel has no room for it",
    )
    .must_get(Deadlock, "n1"),
    solution::<single_meeting::Rounds>(
        "single-meeting",
        Technique::Barrier,
        "one meeting a round lets foo print again before bar",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<both_gates_open::Gates>(
        "both-gates-open",
        Technique::Semaphore,
        "both gates hold a permit at first",
    )
    .must_get(WrongAnswer, "n1"),
    solution::<relaxed_store::Flag>(
        "relaxed-store",
        Technique::Atomic,
        "the turn is handed over with a store that publishes nothing",
    )
    .must_get(DataRace, "n1"),
];
