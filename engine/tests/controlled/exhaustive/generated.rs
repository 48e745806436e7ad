//! Small programs, drawn: what tasks do to primitives of every kind, in no sensible order.

use std::sync::{
    Arc, Mutex as Plain, OnceLock,
    atomic::Ordering::{Acquire, Relaxed, Release, SeqCst},
};

use engine::{Program, strategy::Generator};
use sync::{
    Barrier, Condvar, Mutex, RwLock, Semaphore,
    atomic::AtomicUsize,
    cell::RaceCell,
    channel,
    control::{self, Note, Resource},
    thread,
};

/// One operation of a generated program.
#[derive(Clone, Copy, Debug)]
enum Do {
    Load(usize),
    /// Waits for a change, but does not look more often than so many times.
    Await(usize, usize),
    YieldWhile(Looks),
    Store(usize),
    Add(usize),
    CompareExchange(usize),
    Acquire(usize),
    Release(usize),
    Lock(usize),
    TryLock(usize),
    Change,
    Unlock,
    Read,
    TryWrite,
    Write,
    Send,
    Receive,
    TryReceive,
    WaitIf,
    WaitWhile,
    Signal,
    NotifyOne,
    NotifyAll,
    Park,
    Unpark(usize),
    Meet,
    Peek,
    Poke,
    Publish,
    LookUp,
    TryRead,
}

/// How a loop looks that keeps nothing.
#[derive(Clone, Copy, Debug)]
enum Looks {
    /// At both atomics, until either has changed.
    Only,
    /// Until others have added, too, and adds each time.
    Adding(usize),
    /// Until an atomic has changed, or what a mutex guards.
    Locking(usize),
}

/// What operations a program is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Atomics, semaphores, mutexes, channels.
    Plain,
    /// Condition variables, locks for readers, parking and barriers too.
    All,
    /// Cells, and what may order accesses to them.
    Cells,
    /// Atomics, and loops that wait for somebody to change them.
    Spins,
}

/// An access to a cell, or something that may order two.
fn access(generator: &mut Generator) -> Do {
    match generator.below(14) {
        0..3 => Do::Peek,
        3..6 => Do::Poke,
        6 => Do::Publish,
        7 => Do::LookUp,
        8 => Do::Lock(0),
        9 => Do::Unlock,
        10 => Do::Acquire(0),
        11 => Do::Release(0),
        12 => Do::TryRead,
        _ => Do::Write,
    }
}

/// An operation on an atomic, or a loop that waits for others to perform one.
fn spin(generator: &mut Generator) -> Do {
    let which = generator.below(2);
    match generator.below(14) {
        9 | 10 => Do::YieldWhile(Looks::Only),
        11 => Do::YieldWhile(Looks::Adding(which)),
        12 => Do::YieldWhile(Looks::Locking(which)),
        0 | 1 => Do::Await(which, usize::MAX),
        2 => Do::Await(which, 2),
        3 => Do::Load(which),
        4 => Do::Store(which),
        5 => Do::CompareExchange(which),
        6 => Do::Lock(which),
        7 => Do::Unlock,
        _ => Do::Add(which),
    }
}

fn operation(generator: &mut Generator, kind: Kind) -> Do {
    match kind {
        Kind::Cells => return access(generator),
        Kind::Spins => return spin(generator),
        Kind::Plain | Kind::All => {}
    }
    let which = generator.below(2);
    let kinds = if kind == Kind::Plain { 13 } else { 28 };
    match generator.below(kinds) {
        0 => Do::Load(which),
        1 => Do::Store(which),
        2 => Do::Add(which),
        3 => Do::Acquire(which),
        4 => Do::Release(which),
        5 => Do::Lock(which),
        6 => Do::TryLock(which),
        7 => Do::Unlock,
        8 => Do::Send,
        9 => Do::Receive,
        10 => Do::TryReceive,
        11 => Do::Lock(0),
        12 => Do::Change,
        13 | 14 => Do::WaitIf,
        15 | 16 => Do::WaitWhile,
        17 | 18 => Do::Signal,
        19 | 20 => Do::NotifyOne,
        21 => Do::NotifyAll,
        22 => Do::Read,
        23 => Do::Write,
        24 => Do::TryWrite,
        25 => Do::Park,
        26 => Do::Unpark(which),
        _ if which == 0 => Do::Meet,
        _ => Do::CompareExchange(0),
    }
}

/// Two or three tasks of a few operations: what number `seed` does.
pub(super) struct Generated(Vec<Vec<Do>>);

impl std::fmt::Debug for Generated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Generated {
    pub(super) fn new(seed: u64, kind: Kind) -> Self {
        let mut generator = Generator::new(seed, 0);
        let tasks = 2 + generator.below(2);
        let most = if tasks == 2 { 3 } else { 2 };
        let mut task = |_| {
            let length = 2 + generator.below(most);
            (0..length).map(|_| operation(&mut generator, kind)).collect()
        };
        Self((0..tasks).map(&mut task).collect())
    }

    pub(super) fn program(&self) -> Program {
        self.observed().0
    }

    /// The program, and what its tasks have seen when it is over.
    pub(super) fn observed(&self) -> (Program, Observed) {
        let (observed, tasks) = (Observed::default(), self.0.clone());
        let seen = observed.clone();
        let program: Program = Arc::new(move || {
            seen.begin(tasks.len());
            let seen = seen.clone();
            run(&tasks, move |shared, task, operations| {
                perform(shared, operations, task, &|value| seen.note(task, value));
            });
        });
        (program, observed)
    }

    /// A program of tasks that all do the same and cannot be told apart, and what they have seen when
    /// it is over, in an order that does not tell who has seen what.
    pub(super) fn alike(&self) -> (Program, Observed) {
        let (tasks, mut operations) = (self.0.len(), self.0[0].clone());
        // Who is woken by number is told apart.
        operations.retain(|operation| !matches!(operation, Do::Unpark(_)));
        let observed = Observed { is_sorted: true, ..Observed::default() };
        let seen = observed.clone();
        let program: Program = Arc::new(move || {
            seen.begin(tasks);
            let seen = seen.clone();
            run_alike(tasks, &operations, move |shared, task, operations| {
                perform(shared, operations, 0, &|value| seen.note(task, value));
            });
        });
        (program, observed)
    }

    /// The program, and what its tasks have made of what they share when it is over.
    pub(super) fn left_behind(&self) -> (Program, Observed) {
        let (observed, tasks) = (Observed::default(), self.0.clone());
        let left = observed.clone();
        let program: Program = Arc::new(move || {
            left.begin(1);
            let silently = |shared: &Shared, task, operations: &[Do]| {
                perform(shared, operations, task, &|_| {});
            };
            let shared = run(&tasks, silently);
            let atomics = shared.atomics.iter().map(|atomic| atomic.load(SeqCst));
            let mutexes = shared.mutexes.iter().map(|mutex| *mutex.lock());
            let sent = shared.receiver.try_recv().unwrap_or(10);
            atomics.chain(mutexes).chain([sent]).for_each(|value| left.note(0, value));
        });
        (program, observed)
    }
}

/// Runs tasks of these operations to their end, each by `perform`, on what they share: tells that.
fn run(
    tasks: &[Vec<Do>],
    perform: impl Fn(&Shared, usize, &[Do]) + Clone + Send + 'static,
) -> Arc<Shared> {
    let shared = Arc::new(Shared::new());
    let spawn = |(task, operations): (usize, &Vec<Do>)| {
        let (shared, operations) = (Arc::clone(&shared), operations.clone());
        let perform = perform.clone();
        thread::spawn(move || perform(&shared, task, &operations))
    };
    let handles: Vec<_> = tasks.iter().enumerate().map(spawn).collect();
    // Nobody has run yet: spawning is no scheduling point.
    let threads = handles.iter().map(|handle| handle.thread().clone()).collect();
    shared.threads.set(threads).expect("it is set once");
    // Nobody sets them to zero: whoever waits for that waits no longer.
    let awaited = |operation: &&Do| matches!(operation, Do::Await(..) | Do::YieldWhile(_));
    if tasks.iter().flatten().any(|operation| awaited(&operation)) {
        shared.atomics.iter().for_each(|atomic| atomic.store(3, SeqCst));
    }
    for handle in handles {
        drop(handle.join());
    }
    shared
}

/// Runs so many tasks that all have these operations, and tells that they are alike.
fn run_alike(
    tasks: usize,
    operations: &[Do],
    perform: impl Fn(&Shared, usize, &[Do]) + Clone + Send + 'static,
) {
    let (shared, kind) = (Arc::new(Shared::new()), Resource::new(control::Kind::Clock));
    let spawn = |task| {
        let (shared, operations) = (Arc::clone(&shared), operations.to_vec());
        let perform = perform.clone();
        let body = move || perform(&shared, task, &operations);
        let handle = thread::Builder::new().name("one".to_owned()).spawn(body);
        control::note(Note::Alike, &kind);
        handle.expect("a task begins")
    };
    let handles: Vec<_> = (0..tasks).map(spawn).collect();
    let threads = handles.iter().map(|handle| handle.thread().clone()).collect();
    shared.threads.set(threads).expect("it is set once");
    for handle in handles {
        drop(handle.join());
    }
}

/// What each task of a generated program has seen, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Observed {
    seen: Arc<Plain<Vec<Vec<usize>>>>,
    /// Whether it does not matter whose is whose.
    is_sorted: bool,
}

impl Observed {
    pub(super) fn begin(&self, tasks: usize) {
        *self.seen.lock().expect("nobody panics") = vec![Vec::new(); tasks];
    }

    pub(super) fn note(&self, task: usize, seen: usize) {
        self.seen.lock().expect("nobody panics")[task].push(seen);
    }

    pub(super) fn take(&self) -> Vec<Vec<usize>> {
        let mut seen = self.seen.lock().expect("nobody panics").clone();
        if self.is_sorted {
            seen.sort();
        }
        seen
    }
}

/// What the tasks of a generated program share.
struct Shared {
    atomics: [AtomicUsize; 2],
    semaphores: [Semaphore; 2],
    mutexes: [Mutex<usize>; 2],
    shelf: RwLock<()>,
    cell: RaceCell<usize>,
    signal: Mutex<bool>,
    signalled: Condvar,
    barrier: Barrier,
    threads: OnceLock<Vec<thread::Thread>>,
    sender: channel::Sender<usize>,
    receiver: channel::Receiver<usize>,
}

impl Shared {
    fn new() -> Self {
        let (sender, receiver) = channel::bounded(1);
        Self {
            atomics: [AtomicUsize::new(0), AtomicUsize::new(0)],
            semaphores: [Semaphore::new(0), Semaphore::new(1)],
            mutexes: [Mutex::new(0), Mutex::new(0)],
            shelf: RwLock::new(()),
            cell: RaceCell::new(0),
            signal: Mutex::new(false),
            signalled: Condvar::new(),
            barrier: Barrier::new(2),
            threads: OnceLock::new(),
            sender,
            receiver,
        }
    }

    /// Looks again and again until somebody has changed the atomic, but not more often than `most`.
    fn await_change(&self, which: usize, most: usize) -> usize {
        for _ in 0..most {
            let now = self.atomics[which].load(SeqCst);
            if now != 0 {
                return now;
            }
            thread::yield_now();
        }
        99
    }

    fn compare_exchange(&self, which: usize) -> usize {
        let before = self.atomics[which].compare_exchange(0, 2, SeqCst, SeqCst);
        before.unwrap_or_else(|other| other + 10)
    }

    fn yield_while(&self, looks: Looks) {
        let is_same = |which: usize| self.atomics[which].load(SeqCst) == 0;
        match looks {
            Looks::Only => thread::yield_while(|| (0..2).all(is_same)),
            Looks::Adding(which) => {
                thread::yield_while(|| self.atomics[which].fetch_add(1, SeqCst) < 2);
            }
            Looks::Locking(which) => thread::yield_while(|| {
                let guard = self.mutexes[which].lock();
                is_same(which) && *guard == 0
            }),
        }
    }

    fn unpark(&self, which: usize) {
        let threads = self.threads.get().expect("it is set before anybody runs");
        threads[which].unpark();
    }
}

fn perform(shared: &Shared, operations: &[Do], task: usize, see: &dyn Fn(usize)) {
    let (mut guards, mut readers, mut writers) = (Vec::new(), Vec::new(), Vec::new());
    for &operation in operations {
        match operation {
            Do::Load(which) => see(shared.atomics[which].load(SeqCst)),
            Do::Await(which, most) => see(shared.await_change(which, most)),
            Do::YieldWhile(looks) => shared.yield_while(looks),
            Do::Store(which) => shared.atomics[which].store(1, SeqCst),
            Do::Add(which) => see(shared.atomics[which].fetch_add(1, Relaxed)),
            Do::CompareExchange(which) => see(shared.compare_exchange(which)),
            Do::Acquire(which) => shared.semaphores[which].acquire(),
            Do::Release(which) => shared.semaphores[which].release(),
            Do::Lock(which) => {
                let guard = shared.mutexes[which].lock();
                see(*guard);
                guards.push(guard);
            }
            Do::TryLock(which) => {
                let guard = shared.mutexes[which].try_lock();
                see(guard.as_deref().map_or(10, |seen| *seen));
                guards.extend(guard);
            }
            Do::Change => {
                if let Some(guard) = guards.last_mut() {
                    **guard = **guard * 2 + task + 1;
                }
            }
            Do::Unlock => drop((guards.pop(), readers.pop(), writers.pop())),
            Do::Read => readers.push(shared.shelf.read()),
            Do::Write => writers.push(shared.shelf.write()),
            Do::TryWrite => {
                let before = writers.len();
                writers.extend(shared.shelf.try_write());
                see(writers.len() - before);
            }
            Do::Send => drop(shared.sender.send(task)),
            Do::Receive => see(shared.receiver.recv().unwrap_or(10)),
            Do::TryReceive => see(shared.receiver.try_recv().unwrap_or(10)),
            Do::WaitIf => {
                let mut signal = shared.signal.lock();
                if !*signal {
                    shared.signalled.wait(&mut signal);
                }
                see(usize::from(*signal));
            }
            Do::WaitWhile => {
                let mut signal = shared.signal.lock();
                shared.signalled.wait_while(&mut signal, |signal| !*signal);
            }
            Do::Signal => {
                *shared.signal.lock() = true;
                shared.signalled.notify_one();
            }
            Do::NotifyOne => shared.signalled.notify_one(),
            Do::NotifyAll => shared.signalled.notify_all(),
            Do::Park => thread::park(),
            Do::Unpark(which) => shared.unpark(which),
            Do::Peek => see(shared.cell.get()),
            Do::Poke => shared.cell.set(task + 1),
            Do::Publish => shared.atomics[0].store(task + 1, Release),
            Do::LookUp => see(shared.atomics[0].load(Acquire)),
            Do::TryRead => {
                let before = readers.len();
                readers.extend(shared.shelf.try_read());
                see(readers.len() - before);
            }
            Do::Meet => see(usize::from(shared.barrier.wait().is_leader())),
        }
    }
}
