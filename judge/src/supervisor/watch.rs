//! Tells a worker that gets on from one that never will, and what holds it up.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use super::{Guard, kernel, process::Worker};
use crate::{
    EngineKind,
    death::{Business, Cause, Wait},
    worker::{board::Sight, job::Task},
};

/// How long a worker may take to make a wrong execution shorter without getting on.
const SHORTENING: Duration = Duration::from_secs(20);

/// How long a worker may take to stop when it is asked to.
const STOPPING: Duration = Duration::from_secs(1);

/// How much longer than the limit a worker may take without getting on: on OS threads it keeps the
/// limit itself, as long as it can, and between executions there is little to do.
const GRACE: Duration = Duration::from_secs(1);

/// Watches one job.
pub(super) struct Watch {
    guard: Guard,
    engine: EngineKind,
    time_limit: Duration,
    began: Instant,
    /// When the worker was last seen to get on, with the processor time that it had used by then.
    since: Instant,
    cpu: Duration,
    beats: Option<u64>,
    /// The same for each OS thread that runs executions, by its number.
    threads: HashMap<u64, Seen>,
    shortens: bool,
    asked_to_stop: Option<Instant>,
}

/// When a thread was last seen to get on, with what it had done and used by then.
#[derive(Clone, Copy, Debug)]
struct Seen {
    beats: u64,
    since: Instant,
    cpu: Duration,
}

impl Watch {
    pub(super) fn new(guard: &Guard, task: &Task, worker: &Worker) -> Self {
        let cell = task.cell();
        let cpu = kernel::standing(worker.pid()).map_or(Duration::ZERO, |standing| standing.cpu);
        let now = Instant::now();
        Self {
            guard: guard.clone(),
            engine: cell.engine,
            time_limit: cell.time_limit,
            began: now,
            since: now,
            cpu,
            beats: None,
            threads: HashMap::new(),
            shortens: false,
            asked_to_stop: None,
        }
    }

    /// A wrong execution has been found, which is now made shorter.
    pub(super) fn shortens(&mut self) {
        self.shortens = true;
        self.since = Instant::now();
    }

    /// The worker speaks: whoever waits there waits for nobody but us, who may be slow to read.
    pub(super) fn hears(&mut self) {
        self.threads.clear();
    }

    /// Looks at `worker`, which shows `sight`: what it must be ended for, if it must.
    pub(super) fn look(&mut self, worker: &Worker, sight: &Sight) -> Option<Cause> {
        let standing = kernel::standing(worker.pid())?;
        if worker.tail.total() > self.guard.output {
            return Some(Cause::TooMuchOutput(self.guard.output));
        }
        if standing.threads > self.guard.threads {
            return Some(Cause::TooManyThreads(self.guard.threads));
        }
        if self.engine == EngineKind::Controlled
            && !self.shortens
            && let Some(cause) = self.stalls(worker, sight)
        {
            return Some(cause);
        }
        let now = Instant::now();
        if self.beats.replace(sight.beats()) != Some(sight.beats()) {
            (self.since, self.cpu) = (now, standing.cpu);
            return None;
        }
        let (silence, used) = (now - self.since, standing.cpu.saturating_sub(self.cpu));
        let limit = if self.shortens { SHORTENING } else { self.time_limit + GRACE };
        (silence > limit).then(|| self.late(used, silence))
    }

    /// Looks at each OS thread that runs executions under control. There an operation comes every few
    /// nanoseconds, and never blocks.
    fn stalls(&mut self, worker: &Worker, sight: &Sight) -> Option<Cause> {
        let (stall, now) = (self.guard.stall, Instant::now());
        for pulse in sight.busy() {
            let Some(standing) = kernel::thread_standing(worker.pid(), pulse.thread) else {
                continue;
            };
            let fresh = Seen { beats: pulse.beats, since: now, cpu: standing.cpu };
            let seen = self.threads.entry(pulse.thread).or_insert(fresh);
            if seen.beats != pulse.beats {
                *seen = fresh;
                continue;
            }
            let (silence, used) = (now - seen.since, standing.cpu.saturating_sub(seen.cpu));
            if used >= stall {
                return Some(Cause::Spins(used));
            }
            // A machine that is busy elsewhere lets nobody get on: such a thread is not asleep.
            let sleeps = !matches!(standing.state, 'R' | 'Z') && used * 4 <= silence;
            if silence >= stall && sleeps {
                let call = kernel::call(worker.pid(), pulse.thread);
                return Some(Cause::Uncontrolled(Wait { call, since: silence }));
            }
        }
        None
    }

    fn late(&self, used: Duration, silence: Duration) -> Cause {
        let works = used * 4 > silence;
        let business = if works { Business::Works } else { Business::Waits };
        Cause::Late(self.time_limit, business)
    }

    /// Whether the whole judgement has taken longer than it may.
    pub(super) fn is_over(&self) -> bool {
        self.guard.total.is_some_and(|total| self.began.elapsed() > total)
    }

    /// Whether the worker was asked to stop.
    pub(super) fn has_asked(&self) -> bool {
        self.asked_to_stop.is_some()
    }

    /// Asks the worker to stop, unless it has been asked; whether it has not for too long.
    pub(super) fn has_not_stopped(&mut self, worker: &Worker) -> bool {
        let since = *self.asked_to_stop.get_or_insert_with(|| {
            worker.interrupt();
            Instant::now()
        });
        since.elapsed() > STOPPING
    }
}
