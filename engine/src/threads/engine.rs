//! Runs a program on OS threads, and watches it from the calling thread.

use std::{
    fmt,
    ops::{ControlFlow, Range},
    sync::Arc,
    thread,
    time::Duration,
};

use sync::thread::body;

use super::{
    Noise,
    crew::Crew,
    execution::Execution,
    noise::Plan,
    placement::{Kept, Placement},
    watchdog::Watchdog,
};
use crate::{Outcome, Program, pulse};

/// How the threads engine runs a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What the noise is drawn from.
    pub seed: u64,
    /// Whether there is any.
    pub noise: Noise,
    /// How long one execution may take.
    pub time_limit: Duration,
}

impl Default for Settings {
    /// Seed 0, noise, ten seconds.
    fn default() -> Self {
        Self { seed: 0, noise: Noise::On, time_limit: Duration::from_secs(10) }
    }
}

/// The threads engine: runs programs on OS threads, and async tasks in a Tokio runtime, with noise.
///
/// A seed repeats the noise, and does not repeat the execution: that is the system's business.
///
/// Tasks that are stuck when their execution is over are given up: their threads stay behind and
/// are never used again. Whatever such a task asks, should it ever move again, ends it.
///
/// A deadlock is what tasks do to each other within `sync`. A program in which a bare `std` thread
/// or a bare Tokio timer comes to the rescue later is taken for one; a task that waits for something
/// outside `sync` itself is not, and runs out of time.
pub struct Threads {
    settings: Settings,
    crew: Arc<Crew>,
}

impl Threads {
    /// An engine without any threads yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, crew: Arc::new(Crew::new()) }
    }

    /// Runs `program` once, as execution number `number`.
    pub fn run(&mut self, program: &Program, number: u64) -> Outcome {
        let Settings { seed, noise, .. } = self.settings;
        let placement = self.crew.cores.placement(noise, seed, number);
        self.execute(program, number, placement)
    }

    /// Runs `program` as one execution after the other, and tells `then` how each has ended before
    /// the next begins, until that has had enough.
    ///
    /// It is faster than as many calls of [`run`](Self::run), since the calling thread shares a core
    /// with the tasks while they do. It is back where it was when this returns.
    pub fn run_batch(
        &mut self,
        program: &Program,
        numbers: Range<u64>,
        then: &mut dyn FnMut(u64, Outcome) -> ControlFlow<()>,
    ) {
        let Settings { seed, noise, .. } = self.settings;
        let kept = Kept::new();
        for number in numbers {
            let placement = self.crew.cores.placement(noise, seed, number);
            kept.place(&self.crew.cores, placement);
            let outcome = self.execute(program, number, placement);
            if then(number, outcome).is_break() {
                break;
            }
        }
    }

    fn execute(&self, program: &Program, number: u64, placement: Placement) -> Outcome {
        pulse::begin(number);
        let Settings { seed, noise, time_limit } = self.settings;
        let plan = Plan::new(noise, seed, number);
        let execution = Execution::new(plan, placement, Arc::clone(&self.crew));
        let program = Arc::clone(program);
        execution.spawn(body("main", move || program()));
        self.watch(&execution, Watchdog::new(time_limit))
    }

    /// Waits for the end of `execution`, or ends it.
    fn watch(&self, execution: &Execution, mut watchdog: Watchdog) -> Outcome {
        let outcome = loop {
            if execution.is_deserted() {
                break execution.outcome();
            }
            thread::park_timeout(watchdog.pause());
            if !execution.is_deserted()
                && let Some(outcome) = watchdog.look(execution)
            {
                self.crew.abandon_runtime();
                break outcome;
            }
        };
        execution.close();
        outcome
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.crew.pool.close();
        self.crew.abandon_runtime();
    }
}

impl fmt::Debug for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Threads").field("settings", &self.settings).finish_non_exhaustive()
    }
}
