//! Sleeping, which orders nothing.

use std::{future::Future, panic::Location, time::Duration};

use crate::control::{self, Enabled, Kind, Op, Question, Resource};

/// Sleeps for `duration`: Tokio's, with a question before it.
///
/// # Differences from `tokio::time::sleep`
///
/// - Under control the sleep takes no time and ends at any moment, as a blocking
///   [sleep](crate::time::sleep) does, or when its time has come where virtual time is kept. The
///   whole task sleeps, with whatever else it polls.
/// - The time counts from the first poll and not from the call.
#[track_caller]
pub fn sleep(duration: Duration) -> impl Future<Output = ()> {
    let place = Location::caller();
    async move {
        let _asleep = fall_asleep(duration, place);
        if !control::is_cooperative() {
            tokio::time::sleep(duration).await;
        }
    }
}

fn fall_asleep(duration: Duration, place: &'static Location<'static>) -> Asleep {
    let Some(controller) = control::current() else { return Asleep { asked: false } };
    // A clock of its own: two sleeps have nothing to do with each other.
    let (clock, enabled) = (Resource::new(Kind::Clock), Enabled::After(duration));
    let question = Question { op: Op::Sleep, resource: &clock, place, enabled, timed: true };
    Asleep { asked: controller.ask(&question) }
}

/// Asked, and the sleep is not over: an engine must not take the task for one that waits for others.
/// Not an `Asked`, since a controller must not be held across an await.
struct Asleep {
    asked: bool,
}

impl Drop for Asleep {
    fn drop(&mut self) {
        if let Some(controller) = control::current().filter(|_| self.asked) {
            controller.done();
        }
    }
}
