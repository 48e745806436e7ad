#![doc = include_str!("../README.md")]

mod primitives;
mod race;

pub mod hunt;
pub mod loom;
pub mod programs;
pub mod tally;

pub use primitives::{Facade, Primitives, Raw, Shuttle};
pub use race::{Clock, Contender, Race, Ratio};
