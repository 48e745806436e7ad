//! What the engine knows of a task, noted by the task itself and read by the watchdog.

use std::{
    cell::Cell,
    panic::Location,
    sync::{
        Arc, OnceLock,
        atomic::{
            AtomicU64,
            Ordering::{Acquire, Release},
        },
    },
};

use parking_lot::{Condvar, Mutex};
use rustix::thread::{Pid, gettid};
use sync::{
    control::{Enabled, Op, Question, TaskId},
    thread::{Thread, body},
};

use super::{
    execution::Execution,
    noise::{Disturbance, Source},
};
use crate::{
    outcome::{Blocked, Wait},
    trace::Operation,
};

/// A task of one execution.
pub(super) struct Task {
    pub(super) id: TaskId,
    /// Its number among the resources, for those that join it.
    resource: u32,
    pub(super) execution: Arc<Execution>,
    /// The scope that it belongs to, if it was spawned into one.
    pub(super) scope: Option<usize>,
    /// The handle to unpark it by.
    pub(super) thread: OnceLock<Thread>,
    /// How often its waker was called.
    wakes: AtomicU64,
    note: Mutex<Note>,
    /// Notified when the task has ended.
    ended: Condvar,
}

/// What a task has noted.
struct Note {
    phase: Phase,
    /// What it asked for last.
    asked: Option<Operation>,
    /// How many of its operations end by themselves: one at most for a task that blocks, any number
    /// of sleeps for one that awaits.
    timers: u32,
    /// Counts whatever happens to the task.
    progress: u64,
    /// The OS thread it runs on, or ran on last.
    thread: Option<Pid>,
    source: Source,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It has not begun.
    Starting,
    /// It runs.
    Running,
    /// It performs an operation that may block for ever.
    Operating,
    /// Its future was pending, and its waker had been called so often when that was polled.
    Pending { wakes: u64, on: Poller },
    /// It has ended.
    Ended,
}

/// Who polls a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Poller {
    /// Whichever worker of the runtime comes by.
    Runtime,
    /// The one thread that waits for it.
    Thread,
}

/// Why a task cannot move, as far as it has noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It can move, or may some time.
    None,
    /// It blocks on this thread, if that sleeps.
    Thread(Pid),
    /// It waits for its waker, if the runtime's workers sleep.
    Waker,
}

/// What the watchdog sees of a task.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    pub(super) stop: Stop,
    pub(super) progress: u64,
}

impl Task {
    pub(super) fn new(
        id: TaskId,
        resource: u32,
        scope: Option<usize>,
        execution: Arc<Execution>,
    ) -> Self {
        let source = execution.plan.source(id);
        let (phase, asked, timers, progress, thread) = (Phase::Starting, None, 0, 0, None);
        let note = Mutex::new(Note { phase, asked, timers, progress, thread, source });
        let (thread, wakes, ended) = (OnceLock::new(), AtomicU64::new(0), Condvar::new());
        Self { id, resource, execution, scope, thread, wakes, note, ended }
    }

    /// What reports call it.
    pub(super) fn name(&self) -> String {
        self.execution.names.describe(self.resource)
    }

    /// The handle to unpark it by; made now if the task is an async one.
    pub(super) fn thread(&self) -> Thread {
        self.thread.get_or_init(|| body("async task", || ()).task().thread().clone()).clone()
    }

    /// Notes an operation that the task is about to perform, after the noise that precedes it.
    /// `true` if its end must be noted too.
    #[inline]
    pub(super) fn ask(&self, question: &Question<'_>) -> bool {
        let Question { op, place, timed, .. } = *question;
        let resource = self.execution.names.number(question.resource);
        let may_block = may_block(question);
        let mut note = self.note.lock();
        note.progress += 1;
        note.asked = Some(Operation { op, resource, place });
        note.timers += u32::from(timed);
        let disturbance = note.source.draw();
        if disturbance != Disturbance::None {
            // Noise is no operation: a sleep in it must not look like one that blocks.
            drop(note);
            disturbance.perform();
            note = self.note.lock();
        }
        if may_block {
            note.phase = Phase::Operating;
        }
        may_block || timed
    }

    /// Notes that the operation last asked for is over; or, if none is under way, that a sleep of
    /// an async task is.
    #[inline]
    pub(super) fn done(&self) {
        let mut note = self.note.lock();
        note.progress += 1;
        if note.phase == Phase::Operating {
            note.phase = Phase::Running;
        } else {
            note.timers = note.timers.saturating_sub(1);
        }
    }

    /// Begins the task on the calling thread.
    pub(super) fn begin(&self) {
        let mut note = self.note.lock();
        note.runs();
        let disturbance = note.source.draw_start();
        drop(note);
        disturbance.perform();
    }

    /// The task's future is about to be polled; how often its waker has been called so far.
    pub(super) fn begin_poll(&self) -> u64 {
        let mut note = self.note.lock();
        let is_first = note.phase == Phase::Starting;
        note.runs();
        let disturbance = if is_first { note.source.draw_start() } else { Disturbance::None };
        drop(note);
        disturbance.perform();
        // Acquire: pairs with the Release in `wake`. Whoever wakes from here on is seen.
        self.wakes.load(Acquire)
    }

    /// The task's future is pending.
    pub(super) fn pend(&self, wakes: u64, on: Poller) {
        let mut note = self.note.lock();
        note.progress += 1;
        note.phase = Phase::Pending { wakes, on };
    }

    /// The task's waker is about to be called. Noted first: once the waker of a pending task has
    /// been called, the task is never taken for one that waits.
    pub(super) fn wake(&self) {
        self.wakes.fetch_add(1, Release);
    }

    /// Notes that the task waits for the end of `child`, and waits.
    pub(super) fn join(&self, child: &Self, place: &'static Location<'static>) {
        let mut note = self.note.lock();
        note.progress += 1;
        note.asked = Some(Operation { op: Op::Join, resource: child.resource, place });
        note.phase = Phase::Operating;
        drop(note);
        child.wait();
        self.done();
    }

    fn wait(&self) {
        let mut note = self.note.lock();
        while note.phase != Phase::Ended {
            self.ended.wait(&mut note);
        }
    }

    /// The task has ended.
    pub(super) fn end(&self) {
        self.note.lock().phase = Phase::Ended;
        self.ended.notify_all();
    }

    /// One of `0..alternatives`.
    pub(super) fn choose(&self, alternatives: usize) -> usize {
        self.note.lock().source.choose(alternatives)
    }

    /// Whether the task waits for something, as far as it has noted.
    pub(super) fn sight(&self) -> Sight {
        let note = self.note.lock();
        let stop = match note.phase {
            _ if note.timers > 0 => Stop::None,
            // One that has ended is not gone yet: it may be about to wake those who wait for it.
            Phase::Starting | Phase::Running | Phase::Ended => Stop::None,
            // Acquire: pairs with the Release in `wake`.
            Phase::Pending { wakes, .. } if wakes != self.wakes.load(Acquire) => Stop::None,
            Phase::Pending { on: Poller::Runtime, .. } => Stop::Waker,
            Phase::Pending { on: Poller::Thread, .. } | Phase::Operating => {
                note.thread.map_or(Stop::None, Stop::Thread)
            }
        };
        Sight { stop, progress: note.progress }
    }

    /// What a report says of the task.
    pub(super) fn blocked(&self) -> Blocked {
        let note = self.note.lock();
        let waits =
            note.timers > 0 || matches!(note.phase, Phase::Operating | Phase::Pending { .. });
        let wait = note.asked.filter(|_| waits).map(|Operation { op, resource, place }| Wait {
            op,
            on: self.execution.names.describe(resource),
            place: place.into(),
        });
        Blocked { task: self.id, name: self.name(), wait }
    }
}

impl Note {
    fn runs(&mut self) {
        self.phase = Phase::Running;
        self.progress += 1;
        self.thread = Some(own_id());
    }
}

/// Whether an operation may block for ever, on OS threads.
#[inline]
fn may_block(question: &Question<'_>) -> bool {
    match question.enabled {
        Enabled::When(_) | Enabled::Notified(_) => !question.timed,
        // A condition variable asks once for the whole wait.
        Enabled::Always => question.op == Op::Wait && !question.timed,
        Enabled::After(_) | Enabled::Quiescent => false,
    }
}

/// The calling thread's number, asked for once: it costs a system call.
fn own_id() -> Pid {
    thread_local! {
        static OWN_ID: Cell<Option<Pid>> = const { Cell::new(None) };
    }
    OWN_ID.get().unwrap_or_else(|| {
        let id = gettid();
        OWN_ID.set(Some(id));
        id
    })
}
