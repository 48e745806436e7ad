#![doc = include_str!("../README.md")]

mod loom;
mod primitives;
mod race;

pub mod hunt;
pub mod programs;
pub mod tally;

pub use self::loom::Loom;
pub use primitives::{Facade, Primitives, Raw, Shuttle};
pub use race::{Clock, Contender, Race, Ratio};
