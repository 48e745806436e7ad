//! Wrong answers to 1114, and the verdicts they must get.

mod early_release;
mod everybody_meets;
mod flag_outside_lock;
mod gate_open;
mod if_not_while;
mod notify_one;
mod notify_waiters;
mod polls_under_lock;
mod shared_barrier;
mod shared_channel;
mod sleeping;
mod starter;
mod try_recv;

use super::{Foo, async_solution, solution};
use crate::{
    Broken,
    Fault::{self, Deadlock, Livelock, Panicked, WrongAnswer},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    broken::<starter::Starter>(
        "starter",
        Technique::Atomic,
        "nobody waits for anybody",
        (WrongAnswer, "123"),
    ),
    broken::<if_not_while::Stage>(
        "if-not-while",
        Technique::Condvar,
        "who is woken goes on without looking whether its turn has come",
        (WrongAnswer, "123"),
    ),
    broken::<notify_one::Stage>(
        "notify-one",
        Technique::Condvar,
        "a single notification may reach the one that has to wait on",
        (Deadlock, "123"),
    ),
    broken::<flag_outside_lock::Stage>(
        "flag-outside-lock",
        Technique::Condvar,
        "the counter changes between another's look at it and its sleep",
        (Deadlock, "123"),
    ),
    broken::<polls_under_lock::Stage>(
        "polls-under-lock",
        Technique::Condvar,
        "who waits holds the lock that the change needs",
        (Livelock, "123"),
    ),
    broken::<sleeping::Sleeping>(
        "sleeping",
        Technique::Atomic,
        "sleeps, and hopes that the others are done by then",
        (WrongAnswer, "123"),
    ),
    broken::<gate_open::Gates>(
        "gate-open",
        Technique::Semaphore,
        "the second gate holds a permit at first",
        (WrongAnswer, "123"),
    ),
    broken::<early_release::Gates>(
        "early-release",
        Technique::Semaphore,
        "each gate is opened before the word is printed",
        (WrongAnswer, "123"),
    ),
    broken::<shared_barrier::Meetings>(
        "shared-barrier",
        Technique::Barrier,
        "one barrier for both meetings lets first meet third",
        (WrongAnswer, "123"),
    ),
    broken::<everybody_meets::Meetings>(
        "everybody-meets",
        Technique::Barrier,
        "second waits for third to come before it prints",
        (WrongAnswer, "staged"),
    ),
    broken::<shared_channel::News>(
        "shared-channel",
        Technique::Channel,
        "third may take the message that was meant for second",
        (WrongAnswer, "123"),
    ),
    broken::<try_recv::News>(
        "try-recv",
        Technique::Channel,
        "looks into the channel once, and panics if it is empty",
        (Panicked, "123"),
    ),
    Broken {
        solution: async_solution::<notify_waiters::Notifications>(
            "notify-waiters",
            "a notification that nobody waits for yet is lost",
        ),
        fault: Deadlock,
        case: "123",
    },
];

const fn broken<S: Foo>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: solution::<S>(name, technique, idea), fault, case }
}
