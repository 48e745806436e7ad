//! Wrong answers to 1242, and the verdicts they must get.

mod awaits_in_turn;
mod check_then_insert;
mod counts_known_links;
mod early_countdown;
mod family_by_family;
mod fetch_under_lock;
mod first_dead_end;
mod guard_held;
mod host_contained;
mod leaves_for_good;
mod leaves_quietly;
mod level_looks_empty;
mod no_limit;
mod queue_looks_empty;
mod seen_when_fetched;
mod sender_kept;
mod slash_stripped;
mod start_fetched_twice;
mod starter;
mod workers_left_behind;

use super::crawl::{Wrong, async_listed, listed, wrong};
use crate::{
    Broken,
    Fault::{Deadlock, InvariantViolated, Leak, Livelock, NotConcurrent, Panicked, WrongAnswer},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &wrong(WRONG);

/// The same, as they run on any parser.
pub(super) const WRONG: &[Wrong; 20] = &[
    listed::<starter::Starter>("starter", Technique::Condvar, "one page after the other")
        .must_get(NotConcurrent, "pair"),
    listed::<check_then_insert::Pool>(
        "check-then-insert",
        Technique::Condvar,
        "looking whether a link is new and noting it are two steps",
    )
    .must_get(InvariantViolated, "diamond"),
    listed::<seen_when_fetched::Pool>(
        "seen-when-fetched",
        Technique::Condvar,
        "a page is seen when it is fetched, and not when it is found",
    )
    .must_get(InvariantViolated, "repeated"),
    listed::<fetch_under_lock::Pool>(
        "fetch-under-lock",
        Technique::Condvar,
        "pages are fetched under the lock of those seen",
    )
    .must_get(NotConcurrent, "pair"),
    listed::<host_contained::Pool>(
        "host-contained",
        Technique::Condvar,
        "a link is taken to be on the host if it contains its name",
    )
    .must_get(InvariantViolated, "traps"),
    listed::<leaves_quietly::Pool>(
        "leaves-quietly",
        Technique::Condvar,
        "nobody is told that nothing more will come",
    )
    .must_get(Deadlock, "single"),
    listed::<leaves_for_good::Pool>(
        "leaves-for-good",
        Technique::Condvar,
        "a worker that finds nothing waiting leaves, whatever is under way",
    )
    .must_get(NotConcurrent, "pair"),
    listed::<start_fetched_twice::Pool>(
        "start-fetched-twice",
        Technique::Condvar,
        "the first page is fetched up front, and once more by a worker",
    )
    .must_get(InvariantViolated, "single"),
    listed::<queue_looks_empty::Pool>(
        "queue-looks-empty",
        Technique::Condvar,
        "the crawl is over when nothing waits, whatever is under way",
    )
    .must_get(WrongAnswer, "single"),
    listed::<workers_left_behind::Pool>(
        "workers-left-behind",
        Technique::Condvar,
        "the crawl returns what was seen, and nobody waits for the workers",
    )
    .must_get(Leak, "single"),
    listed::<level_looks_empty::Levels>(
        "level-looks-empty",
        Technique::Barrier,
        "whoever finds the next level empty leaves, though another has taken its page",
    )
    .must_get(Deadlock, "link"),
    listed::<sender_kept::Circle>(
        "sender-kept",
        Technique::Channel,
        "workers wait for the channel's end, and each has a sender",
    )
    .must_get(Deadlock, "single"),
    listed::<guard_held::Coordinator>(
        "guard-held",
        Technique::Channel,
        "the receiver's guard lives through the body of `while let`",
    )
    .must_get(NotConcurrent, "pair"),
    listed::<first_dead_end::Coordinator>(
        "first-dead-end",
        Technique::Channel,
        "the coordinator goes at the first answer without a new page",
    )
    .must_get(Panicked, "pair"),
    async_listed::<no_limit::Coordinator>("no-limit", "every page is fetched at once")
        .must_get(InvariantViolated, "pair-alone"),
    async_listed::<awaits_in_turn::Queue>(
        "awaits-in-turn",
        "each task is awaited before the next one begins",
    )
    .must_get(NotConcurrent, "pair"),
    async_listed::<family_by_family::Families>(
        "family-by-family",
        "the links of one page are fetched before those of the next",
    )
    .must_get(NotConcurrent, "random"),
    async_listed::<slash_stripped::Coordinator>(
        "slash-stripped",
        "pages are told apart without the slash at their ends",
    )
    .must_get(WrongAnswer, "traps"),
    listed::<early_countdown::Countdown>(
        "early-countdown",
        Technique::Atomic,
        "a page counts down before its links are counted",
    )
    .must_get(WrongAnswer, "link"),
    listed::<counts_known_links::Countdown>(
        "counts-known-links",
        Technique::Atomic,
        "every link is counted, and only the new ones count down",
    )
    .must_get(Livelock, "self-link"),
];
