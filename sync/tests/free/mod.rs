//! Nobody is in control: only what every interleaving allows is asserted.

mod asynchronous;
mod atomic;
mod barrier;
mod cell;
mod channel;
mod local;
mod lock;
mod messages;
mod once;
mod semaphore;
mod thread;
mod time;
