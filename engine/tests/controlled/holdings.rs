//! Who holds which lock at each step, as a trace tells it afterwards.

use std::sync::Arc;

use engine::{Controlled, Limits, Program, analysis::Holdings, strategy::Random};
use sync::{Condvar, Mutex, RwLock, Semaphore, future, task, thread};

/// What `main` does, each step with the resources that it holds meanwhile, and at last what it holds
/// in the end.
fn told(program: impl Fn() + Send + Sync + 'static) -> Vec<String> {
    let program: Program = Arc::new(program);
    let mut engine = Controlled::new(Box::new(Random::new(1)), Limits::default());
    engine.run(&program, 0).expect("a walk never ends");
    let trace = engine.trace();
    let holdings = Holdings::of(&trace);
    let held = |step| {
        let names = holdings.at(0, step).filter_map(|resource| trace.resource(resource));
        format!("[{}]", names.collect::<Vec<_>>().join(", "))
    };
    let own = trace.steps.iter().enumerate().filter(|(_, step)| step.task == 0);
    let line = |(index, step): (usize, &engine::trace::Step)| {
        format!("{} {}", trace.action(&step.operation), held(index))
    };
    own.map(line).chain([held(trace.steps.len())]).collect()
}

#[test]
fn a_lock_is_held_until_its_guard_is_dropped() {
    let lines = told(|| {
        let (outer, inner, gate) = (Mutex::new(()), RwLock::new(()), Semaphore::new(0));
        let held = outer.lock();
        drop(inner.write());
        gate.release();
        drop(held);
        gate.acquire();
    });
    assert_eq!(
        lines,
        [
            "starts []",
            "locks mutex #0 [mutex #0]",
            "locks for writing rwlock #0 [mutex #0, rwlock #0]",
            "releases semaphore #0 [mutex #0]",
            "acquires semaphore #0 []",
            "[]"
        ]
    );
}

#[test]
fn a_wait_gives_up_the_lock_and_has_it_again() {
    let lines = told(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let other = Arc::clone(&shared);
        let mut is_set = shared.0.lock();
        let task = thread::spawn(move || {
            *other.0.lock() = true;
            other.1.notify_one();
        });
        while !*is_set {
            shared.1.wait(&mut is_set);
        }
        task.join().expect("it does not panic");
    });
    let waits = lines.iter().position(|line| line == "waits on condvar #0 []");
    let wakes = lines.iter().position(|line| line == "wakes and locks mutex #0 [mutex #0]");
    assert!(waits.is_some() && waits < wakes, "{lines:#?}");
}

#[test]
fn an_attempt_that_fails_holds_nothing() {
    let lines = told(|| {
        let lock = RwLock::new(());
        let reading = lock.read();
        assert!(lock.try_write().is_none());
        drop(reading);
        assert!(lock.try_write().is_some());
    });
    let held: Vec<usize> = lines.iter().map(|line| line.matches("[rwlock #0]").count()).collect();
    assert_eq!((lines.len(), held), (5, vec![0, 1, 1, 1, 0]), "{lines:#?}");
}

#[test]
fn what_is_locked_across_an_await_is_held() {
    let lines = told(|| {
        let (mutex, gate) = (future::Mutex::new(()), future::Semaphore::new(1));
        task::block_on(async {
            let _held = mutex.lock().await;
            drop(gate.acquire().await);
        });
    });
    let acquires = lines.iter().find(|line| line.starts_with("acquires"));
    assert!(acquires.is_some_and(|line| line.contains("[mutex #0]")), "{lines:#?}");
}
