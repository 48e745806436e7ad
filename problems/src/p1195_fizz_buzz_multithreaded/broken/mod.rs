//! Wrong answers to 1195, and the verdicts they must get.

mod early_leaver;
mod end_unheard;
mod end_unsaid;
mod fizz_takes_all;
mod impatient;
mod lost_signal;
mod one_notified;
mod one_too_many;
mod one_turn_each;
mod poll_under_lock;
mod relaxed_load;
mod starter;

use super::{async_solution, solution};
use crate::{
    Broken,
    Fault::{DataRace, Deadlock, Livelock, Panicked, WrongAnswer},
    Technique,
};

/// The starter, and the classic ones.
pub(super) const ALL: &[Broken] = &[
    solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody")
        .must_get(WrongAnswer, "n5"),
    solution::<one_turn_each::Count>(
        "one-turn-each",
        Technique::Condvar,
        "each looks once whether it is its turn, and leaves",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<one_too_many::Count>(
        "one-too-many",
        Technique::Condvar,
        "who has waited asks whose turn it is, and not whether the count is over",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<fizz_takes_all::Count>(
        "fizz-takes-all",
        Technique::Condvar,
        "fizz does not leave the multiples of 15 to fizzbuzz",
    )
    .must_get(WrongAnswer, "n15"),
    solution::<one_notified::Count>(
        "one-notified",
        Technique::Condvar,
        "one is notified, and it may be one that cannot use the count",
    )
    .must_get(Deadlock, "n1"),
    solution::<end_unheard::Count>(
        "end-unheard",
        Technique::Condvar,
        "who waits for its turn does not see that the count is over",
    )
    .must_get(Deadlock, "n1"),
    solution::<poll_under_lock::Count>(
        "poll-under-lock",
        Technique::Condvar,
        "who waits for its turn keeps the lock that the others need",
    )
    .must_get(Livelock, "n1"),
    solution::<end_unsaid::Turns>(
        "end-unsaid",
        Technique::Semaphore,
        "the others wait for one more turn, and nobody tells them that it is over",
    )
    .must_get(Deadlock, "n1"),
    solution::<early_leaver::Rounds>(
        "early-leaver",
        Technique::Barrier,
        "who has nothing more to say does not come to the meetings",
    )
    .must_get(Deadlock, "n1"),
    solution::<impatient::Tokens>(
        "impatient",
        Technique::Channel,
        "the count is received without waiting for it",
    )
    .must_get(Panicked, "n1"),
    async_solution::<lost_signal::Notified>(
        "lost-signal",
        "the signal comes between looking and waiting, and nobody hears it",
    )
    .must_get(Deadlock, "n1"),
    solution::<relaxed_load::Count>(
        "relaxed-load",
        Technique::Atomic,
        "the count is read with a load that sees nothing but the count",
    )
    .must_get(DataRace, "n2"),
];
