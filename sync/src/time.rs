//! Sleeping, which orders nothing, and virtual time, in which sleeping takes as long as it says.

use std::{panic::Location, time::Duration};

use crate::control::{self, Controller, Enabled, Kind, Op, Question, Resource};

/// Sleeps for `duration`.
///
/// Under control the sleep takes no time and ends at any moment: other tasks may do nothing, or a
/// great deal, before it does. A program that counts on a sleep being long enough is wrong, and is
/// shown to be. Where virtual time is [kept](keep), it ends when its time has come.
#[track_caller]
pub fn sleep(duration: Duration) {
    // A clock of its own: two sleeps have nothing to do with each other.
    let (clock, enabled) = (Resource::new(Kind::Clock), Enabled::After(duration));
    let (op, resource, place) = (Op::Sleep, &clock, Location::caller());
    let question = Question { op, resource, place, enabled, timed: true };
    let _asked = control::current().map(|controller| control::pose(controller, &question));
    if !control::is_cooperative() {
        std::thread::sleep(duration);
    }
}

/// Keeps virtual time from now to the end of the execution: for a harness that judges how long
/// something takes. `false` where time is real, or nobody is in control.
///
/// Virtual time stands still while a task can move, and costs nothing: when all wait or sleep, or
/// only look again and again, it jumps to where the next sleep ends. So sleeps that overlap take as
/// long as the longest, and computing takes no time at all.
///
/// A wait with a time limit still runs out at any moment.
pub fn keep() -> bool {
    control::current().is_some_and(Controller::keep_time)
}

/// How much virtual time has passed since it has been [kept](keep); `None` where it is not.
pub fn elapsed() -> Option<Duration> {
    control::current().and_then(Controller::time)
}
