//! Exhaustive search: it meets what plain depth-first search meets, and no class twice.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::Ordering::{Relaxed, SeqCst},
    },
};

use engine::{
    Controlled, Limits, Outcome, Program,
    strategy::{Exhaustive, Generator, Reduction},
};
use sync::{Mutex, Semaphore, atomic::AtomicUsize, channel, thread};

use super::tell;

/// What an exhaustive search has met.
#[derive(Debug, Default)]
struct Met {
    /// How it ended and how often, by class.
    classes: BTreeMap<(u64, String), usize>,
    given_up: usize,
}

/// How an execution ended, in words that are the same throughout its class.
fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Deadlock(blocked) => {
            let waiting: Vec<_> = blocked.iter().map(|blocked| blocked.name.as_str()).collect();
            format!("{} wait", waiting.join(", "))
        }
        other => tell(other),
    }
}

/// Runs all of `program`.
fn search(reduction: Reduction, program: &Program) -> Met {
    let mut engine = Controlled::new(
        Box::new(Exhaustive::new(reduction)),
        Limits { spurious: false, ..Limits::default() },
    );
    let mut met = Met::default();
    for execution in 0.. {
        assert!(execution < 2_000_000, "the search does not end");
        let Some(run) = engine.run(program, execution) else { break };
        if run.outcome == Outcome::GivenUp {
            met.given_up += 1;
        } else {
            *met.classes.entry((run.class, ending(&run.outcome))).or_default() += 1;
        }
    }
    met
}

/// One operation of a generated program.
#[derive(Clone, Copy, Debug)]
enum Do {
    Load(usize),
    Store(usize),
    Add(usize),
    Acquire(usize),
    Release(usize),
    Lock(usize),
    TryLock(usize),
    Unlock,
    Send,
    Receive,
    TryReceive,
}

fn operation(generator: &mut Generator) -> Do {
    let which = generator.below(2);
    match generator.below(11) {
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
        _ => Do::TryReceive,
    }
}

/// Two or three tasks of two to four operations.
fn generate(seed: u64) -> Vec<Vec<Do>> {
    let mut generator = Generator::new(seed, 0);
    let tasks = 2 + generator.below(2);
    let most = if tasks == 2 { 3 } else { 2 };
    let mut task = |_| {
        let length = 2 + generator.below(most);
        (0..length).map(|_| operation(&mut generator)).collect()
    };
    (0..tasks).map(&mut task).collect()
}

/// What the tasks of a generated program share.
struct Shared {
    atomics: [AtomicUsize; 2],
    semaphores: [Semaphore; 2],
    mutexes: [Mutex<()>; 2],
    sender: channel::Sender<usize>,
    receiver: channel::Receiver<usize>,
}

fn perform(shared: &Shared, operations: &[Do]) {
    let mut guards = Vec::new();
    for &operation in operations {
        match operation {
            Do::Load(which) => drop(shared.atomics[which].load(SeqCst)),
            Do::Store(which) => shared.atomics[which].store(1, SeqCst),
            Do::Add(which) => drop(shared.atomics[which].fetch_add(1, Relaxed)),
            Do::Acquire(which) => shared.semaphores[which].acquire(),
            Do::Release(which) => shared.semaphores[which].release(),
            Do::Lock(which) => guards.push(shared.mutexes[which].lock()),
            Do::TryLock(which) => guards.extend(shared.mutexes[which].try_lock()),
            Do::Unlock => drop(guards.pop()),
            Do::Send => drop(shared.sender.send(1)),
            Do::Receive => drop(shared.receiver.recv()),
            Do::TryReceive => drop(shared.receiver.try_recv()),
        }
    }
}

fn program(tasks: Vec<Vec<Do>>) -> Program {
    Arc::new(move || {
        let (sender, receiver) = channel::bounded(1);
        let shared = Arc::new(Shared {
            atomics: [AtomicUsize::new(0), AtomicUsize::new(0)],
            semaphores: [Semaphore::new(0), Semaphore::new(1)],
            mutexes: [Mutex::new(()), Mutex::new(())],
            sender,
            receiver,
        });
        let spawn = |operations: &Vec<Do>| {
            let (shared, operations) = (Arc::clone(&shared), operations.clone());
            thread::spawn(move || perform(&shared, &operations))
        };
        let handles: Vec<_> = tasks.iter().map(spawn).collect();
        for handle in handles {
            drop(handle.join());
        }
    })
}

#[test]
fn it_meets_every_class_that_depth_first_search_meets() {
    let (mut executions, mut given_up) = (0, 0);
    for seed in 0..200 {
        let tasks = generate(seed);
        let program = program(tasks.clone());
        let (all, one_each) =
            (search(Reduction::None, &program), search(Reduction::Classes, &program));
        let (expected, found): (Vec<_>, Vec<_>) =
            (all.classes.keys().collect(), one_each.classes.keys().collect());
        assert_eq!(found, expected, "seed {seed}: {tasks:?}");
        executions += one_each.classes.len();
        given_up += one_each.given_up;
        let again = one_each.classes.iter().find(|&(_, &times)| times > 1);
        assert_eq!(again, None, "seed {seed}: {tasks:?}");
    }
    assert!(given_up * 8 <= executions, "{given_up} given up, {executions} met");
}
