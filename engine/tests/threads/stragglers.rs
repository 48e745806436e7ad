//! The engine after an execution that did not end: what is left of it touches no other.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use engine::{Outcome, Settings, Threads};
use sync::{Mutex, future, task};

use crate::{alternate, completes, embrace, engine, program_of, waits};

#[test]
fn the_engine_goes_on_after_a_deadlock() {
    let mut engine = engine();
    for _ in 0..3 {
        assert!(!waits(&engine.run(&program_of(embrace), 0)).is_empty());
        completes(&mut engine, 100, &program_of(|| alternate(3)));
    }
}

#[test]
fn the_engine_goes_on_after_an_async_deadlock() {
    let stuck = program_of(|| {
        let foo_task = task::spawn(async { drop(future::Semaphore::new(0).acquire().await) });
        let _ = task::block_on(foo_task);
    });
    let right = program_of(|| {
        let foo_task = task::spawn(async {
            task::yield_now().await;
            1
        });
        assert_eq!(task::block_on(foo_task), Ok(1));
    });
    let mut engine = engine();
    for _ in 0..3 {
        assert_eq!(waits(&engine.run(&stuck, 0)).len(), 2);
        completes(&mut engine, 100, &right);
    }
}

#[test]
fn time_runs_out_and_a_straggler_disturbs_nobody() {
    let settings = Settings { time_limit: Duration::from_millis(50), ..Settings::default() };
    let mut engine = Threads::new(settings);
    let released = Arc::new(AtomicBool::new(false));
    let theirs = Arc::clone(&released);
    let loops = program_of(move || {
        let lock = Mutex::new(0);
        while !theirs.load(Relaxed) {
            std::thread::yield_now();
        }
        // It is unwound here, since its execution is over.
        *lock.lock() += 1;
        theirs.store(false, Relaxed);
    });
    let Outcome::TimedOut(late) = engine.run(&loops, 0) else { panic!("a loop never ends") };
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].to_string(), "main runs, or waits for something that cannot be seen");
    released.store(true, Relaxed);
    let mut engine = self::engine();
    completes(&mut engine, 200, &program_of(|| alternate(3)));
    assert!(released.load(Relaxed), "the straggler has not come past its lock");
}

#[test]
fn a_wait_outside_sync_is_no_deadlock() {
    let settings = Settings { time_limit: Duration::from_millis(50), ..Settings::default() };
    let program = program_of(|| {
        // Its sender lives on, so nothing will ever come.
        let (sender, receiver) = std::sync::mpsc::channel::<()>();
        let _ = receiver.recv();
        drop(sender);
    });
    let outcome = Threads::new(settings).run(&program, 0);
    assert!(matches!(outcome, Outcome::TimedOut(_)), "{outcome:?}");
}
