//! Wrong answers to 1116, and the verdicts they must get.

mod early_count;
mod early_release;
mod everybody_meets;
mod if_not_while;
mod no_answer;
mod notify_one;
mod permit_comes_back;
mod polls_under_lock;
mod shared_channel;
mod shared_number;
mod single_meeting;
mod starter;
mod try_recv;
mod turn_too_many;

use super::{ZeroEvenOdd, async_solution, solution};
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
        (WrongAnswer, "n1"),
    ),
    broken::<shared_number::Shared>(
        "shared-number",
        Technique::Condvar,
        "each method prints a shared number once, whatever it is",
        (WrongAnswer, "n1"),
    ),
    broken::<if_not_while::Series>(
        "if-not-while",
        Technique::Condvar,
        "who is woken goes on without looking whether its turn has come",
        (WrongAnswer, "n2"),
    ),
    broken::<notify_one::Series>(
        "notify-one",
        Technique::Condvar,
        "a single notification may reach one that has to wait on",
        (Deadlock, "n2"),
    ),
    broken::<polls_under_lock::Flags>(
        "polls-under-lock",
        Technique::Condvar,
        "who waits holds the lock that the change needs",
        (Livelock, "n1"),
    ),
    broken::<early_release::Gates>(
        "early-release",
        Technique::Semaphore,
        "the next gate is opened before the 0 is printed",
        (WrongAnswer, "n1"),
    ),
    broken::<turn_too_many::Gates>(
        "turn-too-many",
        Technique::Semaphore,
        "if n is odd, even waits for one more turn than there is",
        (Deadlock, "n1"),
    ),
    broken::<single_meeting::Meetings>(
        "single-meeting",
        Technique::Barrier,
        "one meeting a number lets zero print again before it",
        (WrongAnswer, "n2"),
    ),
    broken::<everybody_meets::Meetings>(
        "everybody-meets",
        Technique::Barrier,
        "odd waits for even to come before it prints",
        (WrongAnswer, "staged"),
    ),
    broken::<shared_channel::Messages>(
        "shared-channel",
        Technique::Channel,
        "even and odd take each other's numbers from one channel",
        (WrongAnswer, "n2"),
    ),
    broken::<no_answer::Messages>(
        "no-answer",
        Technique::Channel,
        "zero does not wait until the number it sent is printed",
        (WrongAnswer, "n2"),
    ),
    broken::<try_recv::Messages>(
        "try-recv",
        Technique::Channel,
        "zero looks for the answer once, and panics if there is none",
        (Panicked, "n1"),
    ),
    Broken {
        solution: async_solution::<permit_comes_back::Gates>(
            "permit-comes-back",
            "a permit that is not forgotten opens its gate again",
        ),
        fault: WrongAnswer,
        case: "n2",
    },
    broken::<early_count::Series>(
        "early-count",
        Technique::Atomic,
        "a number is counted before it is printed",
        (WrongAnswer, "n1"),
    ),
];

const fn broken<S: ZeroEvenOdd>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
    (fault, case): (Fault, &'static str),
) -> Broken {
    Broken { solution: solution::<S>(name, technique, idea), fault, case }
}
