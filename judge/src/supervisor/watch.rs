//! Tells a worker that gets on from one that never will, and what holds it up.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use super::{
    Guard,
    kernel::{self, Standing},
    line::PAUSE,
    process::Worker,
};
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

/// How much of the time between two looks counts at the most. Whoever has not looked for longer was
/// not let, as the worker may not have been: nobody knows what it did meanwhile.
const GLANCE: Duration = PAUSE.saturating_mul(2);

/// Watches one job.
pub(super) struct Watch {
    guard: Guard,
    engine: EngineKind,
    time_limit: Duration,
    began: Instant,
    looked: Instant,
    /// How long the worker has been watched.
    watched: Duration,
    /// When the worker was last seen to get on, in time watched, with the processor time that it had
    /// used by then.
    since: Duration,
    cpu: Duration,
    beats: Option<u64>,
    /// The same for each OS thread that runs executions, by its number.
    threads: HashMap<u64, Seen>,
    shortens: bool,
    asked_to_stop: Option<Instant>,
}

/// What a thread had done when it was last seen to get on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    beats: u64,
    /// The processor time that it had used when it was first seen not to.
    cpu: Option<Duration>,
    /// How long it was seen to sleep since then.
    slept: Duration,
}

/// What a thread does that does not get on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stall {
    /// It has used so much processor time.
    Spins(Duration),
    /// It has slept for so long.
    Sleeps(Duration),
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
            looked: now,
            watched: Duration::ZERO,
            since: Duration::ZERO,
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
        self.since = self.watched;
    }

    /// The worker speaks: whoever waits there waits for nobody but us, who may be slow to read.
    pub(super) fn hears(&mut self) {
        self.threads.clear();
    }

    /// Looks at `worker`, which shows `sight`: what it must be ended for, if it must.
    pub(super) fn look(&mut self, worker: &Worker, sight: &Sight) -> Option<Cause> {
        let now = Instant::now();
        let passed = (now - self.looked).min(GLANCE);
        self.looked = now;
        self.watched += passed;
        let standing = kernel::standing(worker.pid())?;
        if worker.tail.total() > self.guard.output {
            return Some(Cause::TooMuchOutput(self.guard.output));
        }
        if standing.threads > self.guard.threads {
            return Some(Cause::TooManyThreads(self.guard.threads));
        }
        if self.engine == EngineKind::Controlled
            && !self.shortens
            && let Some(cause) = self.stalls(worker, sight, passed)
        {
            return Some(cause);
        }
        if self.beats.replace(sight.beats()) != Some(sight.beats()) {
            (self.since, self.cpu) = (self.watched, standing.cpu);
            return None;
        }
        let silence = self.watched.saturating_sub(self.since);
        let used = standing.cpu.saturating_sub(self.cpu);
        let limit = if self.shortens { SHORTENING } else { self.time_limit + GRACE };
        (silence > limit).then(|| self.late(used, silence))
    }

    /// Looks at each OS thread that runs executions under control, where `passed` went by since it
    /// was last looked at. There an operation comes every few nanoseconds, and never blocks.
    fn stalls(&mut self, worker: &Worker, sight: &Sight, passed: Duration) -> Option<Cause> {
        for pulse in sight.busy() {
            let seen = self.threads.get_mut(&pulse.thread);
            let Some(seen) = seen.filter(|seen| seen.beats == pulse.beats) else {
                // Nobody asks the kernel about a thread that gets on.
                let fresh = Seen { beats: pulse.beats, cpu: None, slept: Duration::ZERO };
                self.threads.insert(pulse.thread, fresh);
                continue;
            };
            let Some(standing) = kernel::thread_standing(worker.pid(), pulse.thread) else {
                continue;
            };
            match seen.stalls(&standing, passed, self.guard.stall) {
                Some(Stall::Spins(used)) => return Some(Cause::Spins(used)),
                Some(Stall::Sleeps(since)) => {
                    let call = kernel::call(worker.pid(), pulse.thread);
                    return Some(Cause::Uncontrolled(Wait { call, since }));
                }
                None => {}
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

impl Seen {
    /// What the thread does that has not got on, and stands as `standing` says after `passed` more,
    /// if it has done so for as long as `limit`.
    fn stalls(&mut self, standing: &Standing, passed: Duration, limit: Duration) -> Option<Stall> {
        // Who is about to end waits for nobody but the rest of its process, and what it died of is
        // told by how it ends.
        if standing.is_ending {
            return None;
        }
        let used = standing.cpu.saturating_sub(*self.cpu.get_or_insert(standing.cpu));
        if used >= limit {
            return Some(Stall::Spins(used));
        }
        // A machine that is busy elsewhere lets nobody get on: such a thread is not asleep. One look
        // at it says little, so only the looks that found it asleep count.
        if standing.state == 'R' {
            return None;
        }
        self.slept += passed;
        (self.slept >= limit).then_some(Stall::Sleeps(self.slept))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{GLANCE, Seen, Stall};
    use crate::supervisor::kernel::Standing;

    const LIMIT: Duration = Duration::from_millis(100);

    fn standing(state: char, cpu_ms: u64) -> Standing {
        let cpu = Duration::from_millis(cpu_ms);
        Standing { state, cpu, threads: 2, is_ending: false }
    }

    /// What is said at last of a thread that stands as each of `standings`, one after the other.
    fn watched(standings: &[Standing]) -> Option<Stall> {
        let mut seen = Seen { beats: 1, cpu: None, slept: Duration::ZERO };
        let looks = standings.iter().map(|standing| seen.stalls(standing, GLANCE, LIMIT));
        looks.last().flatten()
    }

    #[test]
    fn who_sleeps_at_each_look_waits_for_something() {
        let asleep = standing('S', 0);
        assert_eq!(watched(&[asleep; 2]), None);
        assert_eq!(watched(&[asleep; 3]), Some(Stall::Sleeps(3 * GLANCE)));
    }

    #[test]
    fn who_is_not_let_run_does_not_sleep() {
        let [asleep, starved] = [standing('D', 10), standing('R', 10)];
        assert_eq!(watched(&[starved, starved, starved, starved, asleep]), None);
    }

    #[test]
    fn who_uses_the_processor_spins() {
        let spinning = [300, 350, 400].map(|cpu_ms| standing('R', cpu_ms));
        assert_eq!(watched(&spinning[..2]), None);
        assert_eq!(watched(&spinning), Some(Stall::Spins(LIMIT)));
    }

    #[test]
    fn who_is_about_to_end_waits_for_nobody() {
        let ending = Standing { is_ending: true, ..standing('D', 0) };
        assert_eq!(watched(&[ending; 9]), None);
    }
}
