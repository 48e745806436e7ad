//! The engine on which one seed decides everything: tasks are coroutines on one OS thread, and a
//! strategy picks who performs its operation next.

mod children;
mod clock;
mod coasting;
mod controller;
mod coroutine;
mod doubt;
mod execution;
mod fingerprint;
mod first;
mod hindsight;
mod older;
mod ready;
mod record;
mod resources;
mod sleepers;
mod state;
mod stopped;
mod task;

pub use execution::{Controlled, Run};
