#![doc = include_str!("../README.md")]

mod bench;
mod budget;
mod cache;
mod death;
mod examination;
mod exit;
mod explain;
mod failure;
mod handle;
mod hindsight;
mod judge;
mod judgement;
mod number;
mod parting;
mod plan;
mod record;
mod reduce;
mod registry;
mod replay;
mod source;
mod stop;
mod supervisor;
mod tally;
mod verdict;
mod verification;
mod verified;
mod worker;

pub mod cli;
#[doc(hidden)]
pub mod fuzzing;
pub mod report;

pub use engine;
pub use problems;

pub use self::{
    budget::deal,
    cache::{Cache, Kept},
    death::Death,
    exit::Exit,
    handle::{Handle, HandleError},
    judge::{EngineKind, Input, Judge, Site},
    judgement::{Coverages, Judgement, Output, Outputs, Seen},
    parting::Parting,
    plan::Plan,
    record::{Divergence, Origin, Record, RecordError},
    registry::{Selection, UnknownName, find_problem, select},
    replay::{Replayed, follow, replay},
    stop::Stop,
    tally::Tally,
    verdict::{Evidence, Rejection, Verdict},
    verification::{Bounds, Verification, Word},
    verified::Verified,
    worker::heap::Heap,
};
