//! The question of an async operation: asked when it is polled, about where it was called.

use std::panic::Location;

use crate::control::{self, Op, Resource};

/// Asks for an operation that can always complete, called at `place`. Whether the inner future
/// then waits is for its waker to say, so there is nothing more to ask.
pub(super) fn step(op: Op, on: &Resource, place: &'static Location<'static>) {
    // A function and not a block within the future: a controller must not be held across an await.
    if let Some(controller) = control::current() {
        control::poll_at(controller, op, on, place);
    }
}
