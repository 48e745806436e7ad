//! What the engines of a process are about, where somebody outside it can see it: after its death too.
//!
//! With nobody to look, an execution pays one load. What [`show`] was given lies in memory that is
//! shared with another process; each OS thread that runs executions takes a pulse of its own.

use std::{
    cell::Cell,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
};

use rustix::thread::gettid;

/// What one OS thread is about. All zeros: it has not run anything yet.
///
/// Relaxed is enough: whoever reads it after the death of the process reads all of it, and whoever
/// reads it before looks again. Each has cache lines of its own, two since they are fetched in pairs:
/// every execution writes to it, and on several cores they would wait for each other's otherwise.
#[repr(C, align(128))]
#[derive(Debug, Default)]
pub struct Pulse {
    /// Goes up with every execution, and now and then within a long one.
    pub beats: AtomicU64,
    /// The execution under way, or else the last one, counted from one; zero if the thread rests.
    pub execution: AtomicU64,
    /// The kernel's number of the thread.
    pub thread: AtomicU64,
    /// How many executions it has begun.
    pub begun: AtomicU64,
    /// What they are about, for those who have said so with [`about`].
    pub subject: AtomicU64,
}

/// Who is told each step of a controlled execution, as a sentence, before it is performed.
pub type Teller = fn(&str);

static PULSES: OnceLock<&'static [Pulse]> = OnceLock::new();
static TAKEN: AtomicUsize = AtomicUsize::new(0);
/// Those of OS threads that have ended.
static RETURNED: Mutex<Vec<&'static Pulse>> = Mutex::new(Vec::new());
static TELLER: OnceLock<Teller> = OnceLock::new();
static PANIC_TELLER: OnceLock<Teller> = OnceLock::new();

thread_local! {
    static OWN: Cell<Option<&'static Pulse>> = const { Cell::new(None) };
    /// Apart from `OWN`, which then needs no destructor and costs nothing to look at.
    static LEASE: Lease = const { Lease(Cell::new(None)) };
}

/// Gives an OS thread's pulse back when the thread ends.
struct Lease(Cell<Option<&'static Pulse>>);

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(pulse) = self.0.take() {
            pulse.execution.store(0, Relaxed);
            OWN.set(None);
            RETURNED.lock().unwrap_or_else(PoisonError::into_inner).push(pulse);
        }
    }
}

/// From here on, every OS thread of the process that runs executions shows its pulse in one of
/// `pulses`, as long as there are some left. Only the first call has an effect.
pub fn show(pulses: &'static [Pulse]) {
    PULSES.get_or_init(|| pulses);
}

/// From here on, each step of a controlled execution is told to `teller`. Only the first call has an
/// effect.
pub fn tell_steps(teller: Teller) {
    TELLER.get_or_init(|| teller);
}

/// From here on, each panic of a task is told to `teller` before the task unwinds. Only the first
/// call has an effect.
pub fn tell_panics(teller: Teller) {
    PANIC_TELLER.get_or_init(|| teller);
}

/// Whether the engines would still hear of panics: a program may have replaced the hook. Not to be
/// asked while one runs.
pub fn hears_panics() -> bool {
    crate::panics::are_told()
}

/// What the executions are about that the calling thread runs from here on.
pub fn about(subject: u64) {
    if let Some(pulse) = own() {
        pulse.subject.store(subject, Relaxed);
    }
}

/// The calling thread has nothing to run until its next execution begins.
pub fn rest() {
    if let Some(pulse) = own() {
        pulse.execution.store(0, Relaxed);
    }
}

/// A task has panicked.
pub(crate) fn panicked(message: &str, place: &str) {
    if let Some(tell) = PANIC_TELLER.get() {
        tell(&format!("at {place}: {message}"));
    }
}

/// Who is told of steps, if anybody is.
pub(crate) fn teller() -> Option<Teller> {
    TELLER.get().copied()
}

/// Execution number `number` begins; the engines say so themselves where it has a number.
pub fn begin(number: u64) {
    if let Some(pulse) = own() {
        pulse.execution.store(number + 1, Relaxed);
        add(&pulse.begun);
        add(&pulse.beats);
    }
}

/// The execution goes on, or one that has no number begins.
pub(crate) fn beat() {
    if let Some(pulse) = own() {
        add(&pulse.beats);
    }
}

/// Nobody else writes it.
fn add(counter: &AtomicU64) {
    counter.store(counter.load(Relaxed) + 1, Relaxed);
}

fn own() -> Option<&'static Pulse> {
    let pulses = *PULSES.get()?;
    OWN.get().or_else(|| take(pulses))
}

#[cold]
fn take(pulses: &'static [Pulse]) -> Option<&'static Pulse> {
    let returned = RETURNED.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let pulse = returned.or_else(|| pulses.get(TAKEN.fetch_add(1, Relaxed)))?;
    pulse.thread.store(u64::from(gettid().as_raw_nonzero().get().unsigned_abs()), Relaxed);
    OWN.set(Some(pulse));
    // A thread that is about to end keeps it.
    let _ = LEASE.try_with(|lease| lease.0.set(Some(pulse)));
    Some(pulse)
}
