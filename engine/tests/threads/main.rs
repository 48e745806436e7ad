//! The threads engine, from outside: what it says of programs whose end every interleaving shares.

use std::{ops::ControlFlow, sync::Arc, time::Duration};

use engine::{Noise, Outcome, Program, Settings, Threads, outcome::Blocked};
use sync::{Barrier, Mutex, Semaphore, thread};

mod completes;
mod deadlocks;
mod panics;
mod stragglers;

/// An engine with noise, and a time limit that no test is to reach.
fn engine() -> Threads {
    noisy(Noise::On)
}

fn noisy(noise: Noise) -> Threads {
    Threads::new(Settings { seed: 7, noise, time_limit: Duration::from_mins(2) })
}

/// How `program` ends.
fn outcome(program: impl Fn() + Send + Sync + 'static) -> Outcome {
    engine().run(&program_of(program), 0)
}

fn program_of(program: impl Fn() + Send + Sync + 'static) -> Program {
    Arc::new(program)
}

/// Runs `program` so many times, and each time it completes.
#[track_caller]
fn completes(engine: &mut Threads, executions: u64, program: &Program) {
    let mut completed = 0;
    engine.run_batch(program, 0..executions, &mut |number, outcome| {
        assert_eq!(outcome, Outcome::Completed, "execution {number}");
        completed += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(completed, executions);
}

fn spawn(name: &'static str, body: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    thread::spawn_named(Some(name.into()), body)
}

/// Two tasks that hand a turn to and fro, so many times.
fn alternate(times: usize) {
    let turns = Arc::new((Semaphore::new(1), Semaphore::new(0)));
    let theirs = Arc::clone(&turns);
    let foo_task = thread::spawn(move || {
        for _ in 0..times {
            theirs.0.acquire();
            theirs.1.release();
        }
    });
    for _ in 0..times {
        turns.1.acquire();
        turns.0.release();
    }
    foo_task.join().expect("foo does not panic");
}

/// Who waits in a deadlock, and for what: "main waits for the end of foo".
#[track_caller]
fn waits(outcome: &Outcome) -> Vec<String> {
    let Outcome::Deadlock(blocked) = outcome else { panic!("no deadlock but {outcome:?}") };
    let told = |blocked: &Blocked| {
        let wait = blocked.wait.as_ref().expect("a task that blocks has asked");
        format!("{} {} {}", blocked.name, wait.op.waiting(), wait.on)
    };
    blocked.iter().map(told).collect()
}

/// Two tasks, each of which holds the lock that the other wants.
fn embrace() {
    let locks = Arc::new((Mutex::new(()), Mutex::new(())));
    let both_hold_one = Arc::new(Barrier::new(2));
    let (theirs, meeting) = (Arc::clone(&locks), Arc::clone(&both_hold_one));
    let foo_task = spawn("foo", move || {
        let _first = theirs.0.lock();
        meeting.wait();
        let _second = theirs.1.lock();
    });
    let bar_task = spawn("bar", move || {
        let _second = locks.1.lock();
        both_hold_one.wait();
        let _first = locks.0.lock();
    });
    drop((foo_task.join(), bar_task.join()));
}
