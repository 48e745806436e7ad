//! More mistakes, which were written down when the default strategy had long been as it is: nobody who
//! made it had seen them.

mod after_you;
mod bakery;
mod grace_period;
mod lapped;
mod left_asleep;
mod peterson;
mod piecemeal;
mod revived;
mod snapshot;
mod turnstile;

use super::{Bug, Program, program};

/// All of them.
pub const UNSEEN: &[Program] = &[
    program("after_you", Bug::Expectation, after_you::wrong, after_you::fixed),
    program("bakery", Bug::Atomicity, bakery::wrong, bakery::fixed),
    program("grace_period", Bug::Order, grace_period::wrong, grace_period::fixed),
    program("lapped", Bug::Deadlock, lapped::wrong, lapped::fixed),
    program("left_asleep", Bug::Deadlock, left_asleep::wrong, left_asleep::fixed),
    program("peterson", Bug::Order, peterson::wrong, peterson::fixed),
    program("piecemeal", Bug::Deadlock, piecemeal::wrong, piecemeal::fixed),
    program("revived", Bug::Atomicity, revived::wrong, revived::fixed),
    program("snapshot", Bug::Atomicity, snapshot::wrong, snapshot::fixed),
    program("turnstile", Bug::Atomicity, turnstile::wrong, turnstile::fixed),
];
