//! Small mistakes that people make, in shapes that the literature's programs do not have.
//!
//! A portfolio that is made to do well on a list does well on that list. So half of these are kept
//! aside: they are measured, and nothing is decided by them.

mod aba;
mod audited;
mod barrier_once;
mod circle;
mod closed;
mod counted;
mod doorway;
mod impatient;
mod initialised;
mod last_out;
mod lost_wake_up;
mod overdrawn;
mod published;
mod seqlock;
mod upgraded;
mod wrong_waiter;

use super::{Bug, Program, program};

/// Those that were looked at when the default strategy was made.
pub const LOOKED_AT: &[Program] = &[
    program("lost_wake_up", Bug::Deadlock, lost_wake_up::wrong, lost_wake_up::fixed),
    program("circle", Bug::Deadlock, circle::wrong, circle::fixed),
    program("overdrawn", Bug::Atomicity, overdrawn::wrong, overdrawn::fixed),
    program("published", Bug::Order, published::wrong, published::fixed),
    program("initialised", Bug::Atomicity, initialised::wrong, initialised::fixed),
    program("upgraded", Bug::Atomicity, upgraded::wrong, upgraded::fixed),
    program("aba", Bug::Atomicity, aba::wrong, aba::fixed),
    program("seqlock", Bug::Atomicity, seqlock::wrong, seqlock::fixed),
];

/// Those that were not.
pub const KEPT_ASIDE: &[Program] = &[
    program("impatient", Bug::Deadlock, impatient::wrong, impatient::fixed),
    program("barrier_once", Bug::Order, barrier_once::wrong, barrier_once::fixed),
    program("closed", Bug::Atomicity, closed::wrong, closed::fixed),
    program("wrong_waiter", Bug::Deadlock, wrong_waiter::wrong, wrong_waiter::fixed),
    program("counted", Bug::Atomicity, counted::wrong, counted::fixed),
    program("audited", Bug::Atomicity, audited::wrong, audited::fixed),
    program("doorway", Bug::Atomicity, doorway::wrong, doorway::fixed),
    program("last_out", Bug::Order, last_out::wrong, last_out::fixed),
];
