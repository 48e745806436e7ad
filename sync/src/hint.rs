//! Telling that a task only waits.

use crate::thread;

/// Says that the task is in a loop that waits for another.
///
/// Under control this is a [yield](thread::yield_now): on the one core of a controlled execution
/// nothing changes until somebody else has run.
#[inline]
#[track_caller]
pub fn spin_loop() {
    if crate::control::current().is_some() {
        thread::yield_now();
    } else {
        std::hint::spin_loop();
    }
}
