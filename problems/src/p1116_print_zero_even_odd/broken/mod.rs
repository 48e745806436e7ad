//! Wrong answers to 1116, and the verdicts they must get.

mod early_count;
mod early_release;
mod everybody_meets;
mod if_not_while;
mod no_answer;
mod notify_one;
mod permit_comes_back;
mod polls_under_lock;
mod relaxed;
mod shared_channel;
mod shared_number;
mod single_meeting;
mod starter;
mod try_recv;
mod turn_too_many;

use super::{async_solution, solution};
use crate::{
    Broken,
    Fault::{DataRace, Deadlock, Livelock, Panicked, WrongAnswer},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody")
        .must_get(WrongAnswer, "n1"),
    solution::<shared_number::Shared>(
        "shared-number",
        Technique::Condvar,
        "each method prints a shared number once, whatever it is",
    )
    .must_get(WrongAnswer, "n1"),
    solution::<if_not_while::Series>(
        "if-not-while",
        Technique::Condvar,
        "who is woken goes on without looking whether its turn has come",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<notify_one::Series>(
        "notify-one",
        Technique::Condvar,
        "a single notification may reach one that has to wait on",
    )
    .must_get(Deadlock, "n2"),
    solution::<polls_under_lock::Flags>(
        "polls-under-lock",
        Technique::Condvar,
        "who waits holds the lock that the change needs",
    )
    .must_get(Livelock, "n1"),
    solution::<early_release::Gates>(
        "early-release",
        Technique::Semaphore,
        "the next gate is opened before the 0 is printed",
    )
    .must_get(WrongAnswer, "n1"),
    solution::<turn_too_many::Gates>(
        "turn-too-many",
        Technique::Semaphore,
        "if n is odd, even waits for one more turn than there is",
    )
    .must_get(Deadlock, "n1"),
    solution::<single_meeting::Meetings>(
        "single-meeting",
        Technique::Barrier,
        "one meeting a number lets zero print again before it",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<everybody_meets::Meetings>(
        "everybody-meets",
        Technique::Barrier,
        "odd waits for even to come before it prints",
    )
    .must_get(WrongAnswer, "staged"),
    solution::<shared_channel::Messages>(
        "shared-channel",
        Technique::Channel,
        "even and odd take each other's numbers from one channel",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<no_answer::Messages>(
        "no-answer",
        Technique::Channel,
        "zero does not wait until the number it sent is printed",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<try_recv::Messages>(
        "try-recv",
        Technique::Channel,
        "zero looks for the answer once, and panics if there is none",
    )
    .must_get(Panicked, "n1"),
    async_solution::<permit_comes_back::Gates>(
        "permit-comes-back",
        "a permit that is not forgotten opens its gate again",
    )
    .must_get(WrongAnswer, "n2"),
    solution::<early_count::Series>(
        "early-count",
        Technique::Atomic,
        "a number is counted before it is printed",
    )
    .must_get(WrongAnswer, "n1"),
    solution::<relaxed::Series>(
        "relaxed",
        Technique::Atomic,
        "the order of the numbers rests on orderings that make none",
    )
    .must_get(DataRace, "n1"),
];
