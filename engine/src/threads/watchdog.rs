//! Tells an execution in which nobody will ever move again from one that is slow.
//!
//! A task is *stopped* if it is inside an operation that may block for ever and its thread sleeps,
//! says the kernel, or if its future is pending and its waker has not been called. The verdict is a
//! deadlock when several rounds of looking find every task stopped, and find for each the same
//! progress and, for its thread, the same number of departures from its processor.
//!
//! Why that is never a false alarm, however slow the machine: suppose somebody could still move.
//! Between two rounds nobody was seen to, so each thread has slept throughout: one that is woken is
//! runnable until it runs, and one that runs is either still running or has departed once more than
//! before. (It is shown as asleep for an instant before it departs; to deceive us, the processor
//! would have to stand still in that instant from one round to the next.) Between the rounds there
//! is therefore a moment at which all slept at once, and none of them in an operation that ends by
//! itself. Only one who is awake can wake another, so they sleep for ever.
//!
//! Async tasks stand in a queue of their runtime while they are woken and not polled yet, and a
//! worker may be about to call a waker: its workers must sleep through all rounds as well.

use std::time::{Duration, Instant};

use rustix::thread::Pid;

use super::{
    execution::Execution,
    kernel,
    task::{Sight, Stop, Task},
};
use crate::Outcome;

/// How long to wait between two rounds.
pub(super) const ROUND: Duration = Duration::from_millis(20);

/// How many rounds must agree with the first. One would do; more cost a broken program a few
/// milliseconds, and see a thread through that is held up by one which is none of ours: by another
/// execution that was suspended while it held a lock inside the memory allocator.
const ROUNDS: u32 = 4;

/// The same where the kernel tells nothing: five seconds of silence.
const ROUNDS_IN_THE_DARK: u32 = 250;

/// How long the others may go on after a panic: they may be about to end, or wait for ever for the
/// one that has panicked.
const GRACE: Duration = Duration::from_secs(1);

/// Looks at one execution, again and again.
pub(super) struct Watchdog {
    limit: Duration,
    last: Option<Round>,
    agreements: u32,
    first_panic: Option<Instant>,
}

/// What a round found: for each task its number and progress, for each thread its number and how
/// often it has departed.
#[derive(Default, PartialEq, Eq)]
struct Round {
    tasks: Vec<(usize, u64)>,
    threads: Vec<(Pid, u64)>,
}

impl Watchdog {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, last: None, agreements: 0, first_panic: None }
    }

    /// How long to wait before looking (again).
    pub(super) fn pause(&self) -> Duration {
        ROUND.min(self.limit)
    }

    /// Looks once. The outcome, if the execution must be ended.
    pub(super) fn look(&mut self, execution: &Execution) -> Option<Outcome> {
        let is_stopped = self.is_stopped(execution);
        if let Some(panic) = execution.panic() {
            let since = self.first_panic.get_or_insert_with(Instant::now).elapsed();
            return (is_stopped || since > GRACE).then_some(Outcome::Panicked(Box::new(panic)));
        }
        if is_stopped {
            return Some(Outcome::Deadlock(execution.blocked()));
        }
        let is_late = execution.began.elapsed() >= self.limit;
        is_late.then(|| Outcome::TimedOut(execution.blocked()))
    }

    /// Whether enough rounds have agreed that nobody will move.
    fn is_stopped(&mut self, execution: &Execution) -> bool {
        let round = Round::of(execution);
        let agrees = round.is_some() && round == self.last;
        self.agreements = if agrees { self.agreements + 1 } else { 0 };
        self.last = round;
        self.agreements >= if kernel::tells() { ROUNDS } else { ROUNDS_IN_THE_DARK }
    }
}

impl Round {
    /// Looks at every task; `None` as soon as one is found that is not stopped.
    fn of(execution: &Execution) -> Option<Self> {
        let present = execution.present();
        let mut round = Self::default();
        let mut has_wakers = false;
        for task in &present {
            has_wakers |= round.add(task)? == Stop::Waker;
        }
        if has_wakers {
            for thread in execution.crew.runtime_threads() {
                round.add_thread(thread)?;
            }
        }
        // Nobody is there: the execution has just ended.
        (!present.is_empty()).then_some(round)
    }

    fn add(&mut self, task: &Task) -> Option<Stop> {
        let Sight { stop, progress } = task.sight();
        match stop {
            Stop::None => return None,
            Stop::Thread(thread) => self.add_thread(thread)?,
            Stop::Waker => {}
        }
        self.tasks.push((task.id, progress));
        Some(stop)
    }

    fn add_thread(&mut self, thread: Pid) -> Option<()> {
        if kernel::tells() {
            self.threads.push((thread, kernel::asleep(thread)?));
        }
        Some(())
    }
}
