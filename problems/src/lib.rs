#![doc = include_str!("../README.md")]

mod calls;
mod catalogue;
mod input;
mod log;
mod problem;
mod trial;

pub mod p1114_print_in_order;
pub mod p1115_print_foobar_alternately;
pub mod p1116_print_zero_even_odd;
pub mod p1117_building_h2o;
pub mod p1195_fizz_buzz_multithreaded;
pub mod p1226_the_dining_philosophers;
pub mod p1242_web_crawler_multithreaded;
pub mod practice;

pub use calls::{Calls, Starts};
pub use catalogue::ALL;
pub use input::{InputError, number_between};
pub use log::{Entry, Log, Overlap, Phase, in_order};
pub use problem::{Broken, Case, Prepare, Problem, Setup, Solution, Technique};
pub use trial::{Extent, Fault, Grade, Order, Told, Trial, Violation};
