//! The process in which solutions run: it may die of them, and nothing else does.
//!
//! ```text
//!   supervisor                                   worker, the same program once more
//!   ----------                                   ----------------------------------
//!   Supervisor::judge  -- stdin: a socket -----> serve: one job after the other
//!                      <------------- records -- progress, what was found, the answer
//!                      <--- stdout: the board -- what is under way, legible after its death
//!                      <--- stderr: a pipe ----- what the solution prints
//! ```

pub(crate) mod board;
pub(crate) mod confinement;
pub(crate) mod heap;
pub(crate) mod job;
pub(crate) mod reply;
pub(crate) mod serve;

mod forbidden;
mod traps;
