//! The primitives against their models: with nobody in control on real threads and a real runtime,
//! and under a controller that runs one task.

mod controlled;
mod free;
