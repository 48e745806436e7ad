#![doc = include_str!("../README.md")]

mod bench;
mod budget;
mod cache;
mod cycle;
mod exit;
mod failure;
mod handle;
mod judge;
mod judgement;
mod number;
mod parting;
mod record;
mod reduce;
mod registry;
mod replay;
mod source;
mod stop;
mod verdict;

pub mod cli;
pub mod report;

pub use engine;
pub use problems;

pub use self::{
    budget::deal,
    cache::{Cache, Kept},
    exit::Exit,
    handle::{Handle, HandleError},
    judge::{EngineKind, Input, Judge},
    judgement::{Coverages, Judgement, Output, Outputs, Seen},
    parting::Parting,
    record::{Divergence, Origin, Record, RecordError},
    registry::{Selection, UnknownName, find_problem, select},
    replay::{Replayed, follow, replay},
    stop::Stop,
    verdict::{Evidence, Rejection, Verdict},
};
