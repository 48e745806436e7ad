//! How many executions it takes until a program fails: ours, and shuttle's.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use engine::{Controlled, Limits, Outcome, Program, strategy::StrategyKind};
use shuttle::{
    Config, FailurePersistence, MaxSteps, Runner,
    scheduler::{PctScheduler, RandomScheduler, Scheduler, UrwRandomScheduler},
};

/// Who looks for the bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hunter {
    /// The controlled engine, under a strategy.
    Engine(StrategyKind),
    /// Shuttle, under one of its schedulers.
    Shuttle(Peer),
}

/// Shuttle's schedulers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// Any runnable task, each as likely as the others.
    Random,
    /// Random priorities that change twice.
    Pct,
    /// The uniform random walk, which counts steps in its first execution.
    Urw,
}

/// One program on both.
#[derive(Clone)]
pub struct Prey {
    /// On `sync`.
    pub ours: Program,
    /// On shuttle's primitives.
    pub theirs: Program,
}

/// How many steps an execution may take: a few programs spin.
const STEPS: usize = 20_000;

impl Hunter {
    /// All of them, ours first.
    pub fn all() -> Vec<Self> {
        let ours = StrategyKind::ALL.map(Hunter::Engine);
        let theirs = [Peer::Random, Peer::Pct, Peer::Urw].map(Hunter::Shuttle);
        ours.into_iter().chain(theirs).collect()
    }

    /// Its name in a table.
    pub fn name(self) -> String {
        match self {
            Self::Engine(strategy) => strategy.name().to_owned(),
            Self::Shuttle(Peer::Random) => "shuttle random".to_owned(),
            Self::Shuttle(Peer::Pct) => "shuttle PCT".to_owned(),
            Self::Shuttle(Peer::Urw) => "shuttle URW".to_owned(),
        }
    }

    /// In which execution `prey` fails first, counted from one, if it does within `executions`.
    pub fn hunt(self, prey: &Prey, seed: u64, executions: u64) -> Option<u64> {
        match self {
            Self::Engine(strategy) => hunt(strategy, &prey.ours, seed, executions),
            Self::Shuttle(peer) => peer.hunt(&prey.theirs, seed, executions),
        }
    }
}

fn hunt(strategy: StrategyKind, program: &Program, seed: u64, executions: u64) -> Option<u64> {
    let limits = Limits { steps: STEPS, ..Limits::default() };
    let mut engine = Controlled::new(strategy.build(seed), limits);
    let mut fails = |number: &u64| {
        let run = engine.run(program, *number).expect("no strategy comes to an end");
        matches!(run.outcome, Outcome::Panicked(_) | Outcome::Deadlock(_))
    };
    (0..executions).find(&mut fails).map(|number| number + 1)
}

impl Peer {
    fn hunt(self, program: &Program, seed: u64, executions: u64) -> Option<u64> {
        let most = usize::try_from(executions).expect("a usize has 64 bits here");
        match self {
            Self::Random => run(RandomScheduler::new_from_seed(seed, most), program, executions),
            Self::Pct => run(PctScheduler::new_from_seed(seed, 3, most), program, executions),
            Self::Urw => run(UrwRandomScheduler::new_from_seed(seed, most), program, executions),
        }
    }
}

/// Runs `program` until it panics, which shuttle makes of a deadlock too.
fn run(scheduler: impl Scheduler + 'static, program: &Program, executions: u64) -> Option<u64> {
    let begun = Arc::new(AtomicU64::new(0));
    let (counts, program) = (Arc::clone(&begun), Arc::clone(program));
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    config.max_steps = MaxSteps::ContinueAfter(STEPS);
    let ended = panic::catch_unwind(AssertUnwindSafe(|| {
        Runner::new(scheduler, config).run(move || {
            counts.fetch_add(1, Relaxed);
            program();
        });
    }));
    let begun = begun.load(Relaxed);
    assert!(begun <= executions, "shuttle runs no more than it was told to");
    ended.is_err().then_some(begun)
}
