//! Runs a program as a guide says, again and again.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::{
    Controlled, Limits, Program, Run,
    strategy::{Desk, Guide, Replay, Witness},
    trace::Trace,
};

/// The controlled engine, following guides.
pub struct Replayer {
    engine: Controlled,
    desk: Arc<Mutex<Desk>>,
}

impl Replayer {
    /// A replayer on the calling OS thread.
    pub fn new(limits: Limits) -> Self {
        let (strategy, desk) = Replay::new();
        Self { engine: Controlled::new(Box::new(strategy), limits).waking_sleepers(), desk }
    }

    /// Runs `program` as `guide` says, and tells what came of it and what was seen on the way.
    pub fn run(&mut self, program: &Program, guide: Guide) -> (Run, Witness) {
        *self.desk.lock() = Desk::new(guide);
        let run = self.engine.run_aside(program).expect("a replay never has nothing left to try");
        (run, self.desk.lock().take())
    }

    /// The engine, to look at the last run in hindsight.
    pub fn engine(&self) -> &Controlled {
        &self.engine
    }

    /// What happened in the last run.
    pub fn trace(&self) -> Trace {
        self.engine.trace()
    }
}
