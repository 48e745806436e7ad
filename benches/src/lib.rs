#![doc = include_str!("../README.md")]

mod primitives;
mod race;

pub mod programs;

pub use primitives::{Facade, Primitives, Raw, Shuttle};
pub use race::{Clock, Contender, Race, Ratio};
