//! Sleeping, which orders nothing.

use std::time::Duration;

use crate::control::{self, Kind, Op, Resource};

/// Sleeps for `duration`.
///
/// Under control the sleep takes no time and ends at any moment: other tasks may do nothing, or a
/// great deal, before it does. A program that counts on a sleep being long enough is wrong, and is
/// shown to be.
#[track_caller]
pub fn sleep(duration: Duration) {
    // A clock of its own: two sleeps have nothing to do with each other.
    let clock = Resource::new(Kind::Clock);
    let _asked = control::step_timed(Op::Sleep, &clock);
    if !control::is_cooperative() {
        std::thread::sleep(duration);
    }
}
