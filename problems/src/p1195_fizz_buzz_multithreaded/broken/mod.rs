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
mod starter;

use super::{AsyncFizzBuzz, FizzBuzz, async_solution, solution};
use crate::{
    Broken,
    Fault::{self, Deadlock, Livelock, Panicked, WrongAnswer},
    Technique,
};

/// The starter, and the classic ones.
pub(super) const ALL: &[Broken] = &[
    broken::<starter::Starter>(
        "starter",
        Technique::Atomic,
        "nobody waits for anybody",
        (WrongAnswer, "n5"),
    ),
    broken::<one_turn_each::Count>(
        "one-turn-each",
        Technique::Condvar,
        "each looks once whether it is its turn, and leaves",
        (WrongAnswer, "n2"),
    ),
    broken::<one_too_many::Count>(
        "one-too-many",
        Technique::Condvar,
        "who has waited asks whose turn it is, and not whether the count is over",
        (WrongAnswer, "n2"),
    ),
    broken::<fizz_takes_all::Count>(
        "fizz-takes-all",
        Technique::Condvar,
        "fizz does not leave the multiples of 15 to fizzbuzz",
        (WrongAnswer, "n15"),
    ),
    broken::<one_notified::Count>(
        "one-notified",
        Technique::Condvar,
        "one is notified, and it may be one that cannot use the count",
        (Deadlock, "n1"),
    ),
    broken::<end_unheard::Count>(
        "end-unheard",
        Technique::Condvar,
        "who waits for its turn does not see that the count is over",
        (Deadlock, "n1"),
    ),
    broken::<poll_under_lock::Count>(
        "poll-under-lock",
        Technique::Condvar,
        "who waits for its turn keeps the lock that the others need",
        (Livelock, "n1"),
    ),
    broken::<end_unsaid::Turns>(
        "end-unsaid",
        Technique::Semaphore,
        "the others wait for one more turn, and nobody tells them that it is over",
        (Deadlock, "n1"),
    ),
    broken::<early_leaver::Rounds>(
        "early-leaver",
        Technique::Barrier,
        "who has nothing more to say does not come to the meetings",
        (Deadlock, "n1"),
    ),
    broken::<impatient::Tokens>(
        "impatient",
        Technique::Channel,
        "the count is received without waiting for it",
        (Panicked, "n1"),
    ),
    broken_async::<lost_signal::Notified>(
        "lost-signal",
        "the signal comes between looking and waiting, and nobody hears it",
        (Deadlock, "n1"),
    ),
];

const fn broken<S: FizzBuzz>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: solution::<S>(name, technique, idea), fault, case }
}

const fn broken_async<S: AsyncFizzBuzz>(
    name: &'static str,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: async_solution::<S>(name, idea), fault, case }
}
