//! Somebody is in control who runs one task, and has others act at given moments.

mod asynchronous;
mod blocking;
mod channel;
mod fake;
mod rendezvous;
