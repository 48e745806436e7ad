#![doc = include_str!("../README.md")]

mod bench;
mod budget;
mod exit;
mod explain;
mod hindsight;
mod judge;
mod judgement;
mod number;
mod registry;
mod replay;
mod stop;
mod verdict;

pub mod cli;
pub mod report;

pub use engine;
pub use problems;

pub use self::{
    budget::deal,
    exit::Exit,
    judge::{EngineKind, Input, Judge},
    judgement::{Coverages, Judgement, Output, Outputs, Seen},
    registry::{Selection, UnknownName, find_problem, select},
    replay::{Replayed, replay},
    stop::Stop,
    verdict::{Evidence, Rejection, Verdict},
};
