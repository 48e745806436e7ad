//! Wrong answers to 1226, and the verdicts they must get.

mod dropped_guards;
mod early_put;
mod early_release;
mod fixed_barrier;
mod forgotten_notify;
mod forks_of_ones_own;
mod half_put_back;
mod if_instead_of_while;
mod left_first;
mod mirrored_forks;
mod owner_must_answer;
mod room_of_five;
mod round_robin;
mod shared_seat;
mod starter;

use super::{async_solution, solution};
use crate::{
    Broken,
    Fault::{Deadlock, InvariantViolated, Livelock},
    Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody")
        .must_get(InvariantViolated, "neighbours"),
    solution::<left_first::Forks>(
        "left-first",
        Technique::Condvar,
        "everybody locks the left fork first",
    )
    .must_get(Deadlock, "all-once"),
    solution::<room_of_five::Room>(
        "room-of-five",
        Technique::Semaphore,
        "the room has a place for everybody, and so for a ring",
    )
    .must_get(Deadlock, "all-once"),
    solution::<mirrored_forks::Room>(
        "mirrored-forks",
        Technique::Semaphore,
        "the right fork is taken to be the next one, and picked while a neighbour has it",
    )
    .must_get(InvariantViolated, "neighbours"),
    solution::<early_release::Monitor>(
        "early-release",
        Technique::Condvar,
        "the forks are free for others before they are put",
    )
    .must_get(InvariantViolated, "neighbours"),
    solution::<early_put::Monitor>(
        "early-put",
        Technique::Condvar,
        "the left fork is put before the meal",
    )
    .must_get(InvariantViolated, "alone"),
    solution::<forks_of_ones_own::Forks>(
        "forks-of-ones-own",
        Technique::Condvar,
        "the locks are made in the call, and shared with nobody",
    )
    .must_get(InvariantViolated, "neighbours"),
    solution::<if_instead_of_while::Monitor>(
        "if-instead-of-while",
        Technique::Condvar,
        "whoever is woken takes the forks without another look",
    )
    .must_get(InvariantViolated, "all-once"),
    solution::<forgotten_notify::Monitor>(
        "forgotten-notify",
        Technique::Condvar,
        "the forks are put back and nobody is told",
    )
    .must_get(Deadlock, "neighbours"),
    solution::<round_robin::Turn>(
        "round-robin",
        Technique::Condvar,
        "the turn goes round, also to those who are not hungry",
    )
    .must_get(Deadlock, "alone"),
    solution::<shared_seat::Phases>(
        "shared-seat",
        Technique::Barrier,
        "two calls of one philosopher eat in the same phase",
    )
    .must_get(InvariantViolated, "overlapping"),
    solution::<fixed_barrier::Phases>(
        "fixed-barrier",
        Technique::Barrier,
        "the barrier waits for five, whoever is hungry",
    )
    .must_get(Deadlock, "alone"),
    solution::<owner_must_answer::Table>(
        "owner-must-answer",
        Technique::Channel,
        "a dirty fork is not given unless its owner comes",
    )
    .must_get(Deadlock, "alone"),
    async_solution::<dropped_guards::Forks>(
        "dropped-guards",
        "each guard is dropped as soon as it is there",
    )
    .must_get(InvariantViolated, "neighbours"),
    solution::<half_put_back::Mask>(
        "half-put-back",
        Technique::Atomic,
        "the right fork stays taken for ever",
    )
    .must_get(Livelock, "neighbours"),
];
