//! The engine on which the system decides: tasks are OS threads, or run in a Tokio runtime, and are
//! disturbed so that they meet in many ways.
//!
//! ```text
//! calling thread     Threads ── spawns main ──> Execution <── Watchdog: who is stopped?
//!                                                  │ tasks
//! threads of the pool             Task ── notes what it asks, draws its noise
//!                                  ↑
//!                    Threaded, the controller: finds the task that runs on the calling thread
//! ```

mod asynchronous;
mod controller;
mod crew;
mod engine;
mod execution;
mod kernel;
mod names;
mod noise;
mod placement;
mod pool;
mod running;
mod task;
mod watchdog;

pub use engine::{Settings, Threads};
pub use noise::Noise;
