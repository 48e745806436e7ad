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
    Fault::{self, Deadlock, InvariantViolated, Livelock},
    Solution, Technique,
};

/// The classic ones, and the starter.
pub(super) const ALL: &[Broken] = &[
    broken(
        solution::<starter::Starter>("starter", Technique::Atomic, "nobody waits for anybody"),
        InvariantViolated,
        "neighbours",
    ),
    broken(
        solution::<left_first::Forks>(
            "left-first",
            Technique::Condvar,
            "everybody locks the left fork first",
        ),
        Deadlock,
        "all-once",
    ),
    broken(
        solution::<room_of_five::Room>(
            "room-of-five",
            Technique::Semaphore,
            "the room has a place for everybody, and so for a ring",
        ),
        Deadlock,
        "all-once",
    ),
    broken(
        solution::<mirrored_forks::Room>(
            "mirrored-forks",
            Technique::Semaphore,
            "the right fork is taken to be the next one, and picked while a neighbour has it",
        ),
        InvariantViolated,
        "neighbours",
    ),
    broken(
        solution::<early_release::Monitor>(
            "early-release",
            Technique::Condvar,
            "the forks are free for others before they are put",
        ),
        InvariantViolated,
        "neighbours",
    ),
    broken(
        solution::<early_put::Monitor>(
            "early-put",
            Technique::Condvar,
            "the left fork is put before the meal",
        ),
        InvariantViolated,
        "alone",
    ),
    broken(
        solution::<forks_of_ones_own::Forks>(
            "forks-of-ones-own",
            Technique::Condvar,
            "the locks are made in the call, and shared with nobody",
        ),
        InvariantViolated,
        "neighbours",
    ),
    broken(
        solution::<if_instead_of_while::Monitor>(
            "if-instead-of-while",
            Technique::Condvar,
            "whoever is woken takes the forks without another look",
        ),
        InvariantViolated,
        "all-once",
    ),
    broken(
        solution::<forgotten_notify::Monitor>(
            "forgotten-notify",
            Technique::Condvar,
            "the forks are put back and nobody is told",
        ),
        Deadlock,
        "neighbours",
    ),
    broken(
        solution::<round_robin::Turn>(
            "round-robin",
            Technique::Condvar,
            "the turn goes round, also to those who are not hungry",
        ),
        Deadlock,
        "alone",
    ),
    broken(
        solution::<shared_seat::Phases>(
            "shared-seat",
            Technique::Barrier,
            "two calls of one philosopher eat in the same phase",
        ),
        InvariantViolated,
        "overlapping",
    ),
    broken(
        solution::<fixed_barrier::Phases>(
            "fixed-barrier",
            Technique::Barrier,
            "the barrier waits for five, whoever is hungry",
        ),
        Deadlock,
        "alone",
    ),
    broken(
        solution::<owner_must_answer::Table>(
            "owner-must-answer",
            Technique::Channel,
            "a dirty fork is not given unless its owner comes",
        ),
        Deadlock,
        "alone",
    ),
    broken(
        async_solution::<dropped_guards::Forks>(
            "dropped-guards",
            "each guard is dropped as soon as it is there",
        ),
        InvariantViolated,
        "neighbours",
    ),
    broken(
        solution::<half_put_back::Mask>(
            "half-put-back",
            Technique::Atomic,
            "the right fork stays taken for ever",
        ),
        Livelock,
        "neighbours",
    ),
];

const fn broken(solution: Solution, fault: Fault, case: &'static str) -> Broken {
    Broken { solution, fault, case }
}
