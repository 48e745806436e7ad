//! Wrong answers to 1114, and the verdicts they must get.

mod early_release;
mod everybody_meets;
mod flag_outside_lock;
mod gate_open;
mod if_not_while;
mod notify_one;
mod notify_waiters;
mod polls_under_lock;
mod relaxed;
mod shared_barrier;
mod shared_channel;
mod sleeping;
mod starter;
mod try_recv;

use super::{async_solution, solution};
use crate::{
    Broken,
    Fault::{DataRace, Deadlock, Livelock, Panicked, WrongAnswer},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody")
        .must_get(WrongAnswer, "123"),
    solution::<if_not_while::Stage>(
        "if-not-while",
        Technique::Condvar,
        "who is woken goes on without looking whether its turn has come",
    )
    .must_get(WrongAnswer, "123"),
    solution::<notify_one::Stage>(
        "notify-one",
        Technique::Condvar,
        "a single notification may reach the one that has to wait on",
    )
    .must_get(Deadlock, "123"),
    solution::<flag_outside_lock::Stage>(
        "flag-outside-lock",
        Technique::Condvar,
        "the counter changes between another's look at it and its sleep",
    )
    .must_get(Deadlock, "123"),
    solution::<polls_under_lock::Stage>(
        "polls-under-lock",
        Technique::Condvar,
        "who waits holds the lock that the change needs",
    )
    .must_get(Livelock, "123"),
    solution::<sleeping::Sleeping>(
        "sleeping",
        Technique::Atomic,
        "sleeps, and hopes that the others are done by then",
    )
    .must_get(WrongAnswer, "123"),
    solution::<gate_open::Gates>(
        "gate-open",
        Technique::Semaphore,
        "the second gate holds a permit at first",
    )
    .must_get(WrongAnswer, "123"),
    solution::<early_release::Gates>(
        "early-release",
        Technique::Semaphore,
        "each gate is opened before the word is printed",
    )
    .must_get(WrongAnswer, "123"),
    solution::<shared_barrier::Meetings>(
        "shared-barrier",
        Technique::Barrier,
        "one barrier for both meetings lets first meet third",
    )
    .must_get(WrongAnswer, "123"),
    solution::<everybody_meets::Meetings>(
        "everybody-meets",
        Technique::Barrier,
        "second waits for third to come before it prints",
    )
    .must_get(WrongAnswer, "staged"),
    solution::<shared_channel::News>(
        "shared-channel",
        Technique::Channel,
        "third may take the message that was meant for second",
    )
    .must_get(WrongAnswer, "123"),
    solution::<try_recv::News>(
        "try-recv",
        Technique::Channel,
        "looks into the channel once, and panics if it is empty",
    )
    .must_get(Panicked, "123"),
    async_solution::<notify_waiters::Notifications>(
        "notify-waiters",
        "a notification that nobody waits for yet is lost",
    )
    .must_get(Deadlock, "123"),
    solution::<relaxed::Stage>(
        "relaxed",
        Technique::Atomic,
        "the order of the words rests on orderings that make none",
    )
    .must_get(DataRace, "123"),
];
