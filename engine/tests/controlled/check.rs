//! Checking programs: what is found, how it is told, and that it comes again.

use std::{
    panic::catch_unwind,
    sync::{
        Arc,
        atomic::{AtomicUsize as Count, Ordering},
    },
    time::Duration,
};

use engine::{
    Checker, Controlled, Failure, Limits, Outcome, Program, outcome::waits, strategy::StrategyKind,
};
use sync::{
    Condvar, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering::*},
    cell::RaceCell,
    thread,
};

/// Three tasks add to a number, each in two steps.
fn adding() {
    let number = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| number.store(number.load(SeqCst) + 1, SeqCst));
        }
    });
    assert_eq!(number.load(SeqCst), 3, "an addition is lost");
}

/// The same, each in one.
fn adding_at_once() {
    let number = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| number.fetch_add(1, SeqCst));
        }
    });
    assert_eq!(number.load(SeqCst), 3, "an addition is lost");
}

/// Two tasks lock two mutexes, in opposite orders.
fn crosswise() {
    let (left, right) = (Mutex::new(()), Mutex::new(()));
    thread::scope(|scope| {
        scope.spawn(|| drop((left.lock(), right.lock())));
        scope.spawn(|| drop((right.lock(), left.lock())));
    });
}

/// A task notifies without the lock under which the other has looked.
fn notified_too_early() {
    let (is_ready, lock, changed) = (AtomicBool::new(false), Mutex::new(()), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            is_ready.store(true, SeqCst);
            changed.notify_one();
        });
        let mut guard = lock.lock();
        while !is_ready.load(SeqCst) {
            changed.wait(&mut guard);
        }
    });
}

/// What a flag says that is set too weakly.
fn published() {
    let (word, is_written) = (RaceCell::new("foo"), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| {
            word.set("bar");
            is_written.store(true, Relaxed);
        });
        if is_written.load(Acquire) {
            assert_eq!(word.get(), "bar");
        }
    });
}

/// A task waits for what never comes, again and again.
fn spinning() {
    let is_ready = AtomicBool::new(false);
    while !is_ready.load(SeqCst) {
        thread::yield_now();
    }
}

#[track_caller]
fn failure(program: fn()) -> Failure {
    let program: Program = Arc::new(program);
    Checker::default().check(&program).failure.expect("it is found")
}

/// What a function panics with.
#[track_caller]
fn panic_of(action: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let payload = catch_unwind(action).expect_err("it panics");
    payload.downcast_ref::<String>().expect("the message is made").clone()
}

#[test]
fn a_right_program_is_run_as_often_as_it_is_said() {
    engine::check(adding_at_once);
    let program: Program = Arc::new(adding_at_once);
    let checker = Checker { executions: 300, ..Checker::default() };
    let found = checker.check(&program);
    assert_eq!((found.coverage.executions(), found.coverage.classes()), (300, 6));
    assert_eq!(
        found.to_string(),
        "nothing is wrong in 300 executions of 6 classes; another one would show a new class in 0.0 \
         of 100 cases"
    );
    let hasty = Checker { max_time: Some(Duration::ZERO), ..checker };
    assert_eq!(hasty.check(&program).coverage.executions(), 0);
}

#[test]
fn every_kind_of_failure_is_named_with_its_cause_and_made_short() {
    for (program, name, cause, preemptions) in [
        (adding as fn(), "panics", "an addition is lost", 1),
        (crosswise, "deadlocks", "lock-order cycle: each waits for the next", 1),
        (notified_too_early, "deadlocks", "lost wake-up: main waits on condvar #0", 1),
        (published, "has a data race", "nothing makes the first happen before the second", 1),
        (spinning, "does not end", "it was not over after 200000 steps", 0),
    ] {
        let failure = failure(program);
        let text = failure.to_string();
        let heading = format!("execution {} {name}:\n", failure.execution);
        assert!(text.starts_with(&heading) && text.contains(cause), "{text}");
        assert_eq!((failure.preempted.len(), failure.repeats), (preemptions, true), "{text}");
        assert!(text.lines().count() < 60, "{text}");
    }
}

#[test]
fn what_is_told_leads_to_the_same_execution() {
    for program in [adding as fn(), crosswise, notified_too_early, published] {
        let failure = failure(program);
        let (told, schedule) = (failure.to_string(), failure.schedule.to_string());
        assert!(told.ends_with(&format!("engine::replay(\"{schedule}\", program)")), "{told}");
        let again = panic_of(move || engine::replay(&schedule, program));
        let (_, same) = told.split_once(&format!("execution {} ", failure.execution)).unwrap();
        assert_eq!(again, format!("it {same}"));
        assert_eq!(panic_of(move || engine::check(program)), told);
    }
}

#[test]
fn the_same_seed_finds_the_same() {
    for strategy in StrategyKind::ALL {
        let find = |seed| {
            let program: Program = Arc::new(adding);
            Checker { strategy, seed, ..Checker::default() }.check(&program).failure
        };
        assert!(find(7).is_some(), "{strategy}");
        assert_eq!(find(7), find(7), "{strategy}");
    }
}

#[test]
fn what_is_made_short_fails_as_what_was_found_did() {
    // Two mistakes: each can be met without the other, and one is met more easily.
    let program: Program = Arc::new(|| {
        crosswise();
        notified_too_early();
    });
    for seed in 0..40 {
        let mut engine = Controlled::new(StrategyKind::Random.build(seed), Limits::default());
        let mut run = |number| engine.run(&program, number).expect("a walk never ends").outcome;
        let found = (0..10_000).map(&mut run).find(|outcome| *outcome != Outcome::Completed);
        let checker = Checker { strategy: StrategyKind::Random, seed, ..Checker::default() };
        let short = checker.check(&program).failure.expect("it is found").outcome;
        let waits = |outcome| match outcome {
            Outcome::Deadlock(blocked) => waits(&blocked),
            other => panic!("{other:?} is no deadlock"),
        };
        let (found, short) = (waits(found.expect("it is found")), waits(short));
        assert!(short.is_subset(&found), "seed {seed}: {short:?}, and not {found:?}");
    }
}

#[test]
fn a_schedule_that_does_not_fit_any_more_is_told() {
    let schedule = failure(adding).schedule.to_string();
    let shorter = || {
        let number = AtomicUsize::new(0);
        thread::spawn(move || number.fetch_add(1, SeqCst)).join().expect("adding does not panic");
    };
    let text = panic_of(move || engine::replay(&schedule, shorter));
    assert!(text.contains("the program does not do any more what") && text.contains("from step"));
    let text = panic_of(|| engine::replay("one, then two", adding));
    assert!(text.starts_with("\"one, then two\" is no schedule: "), "{text}");
    // What is mended passes, if it does the same otherwise.
    engine::replay("", adding_at_once);
}

#[test]
fn what_does_not_come_again_is_told_as_it_was_found() {
    let times = Arc::new(Count::new(0));
    let program: Program = Arc::new(move || {
        let is_seventh = times.fetch_add(1, Ordering::SeqCst) == 6;
        assert!(!*Mutex::new(is_seventh).lock());
    });
    let failure = Checker::default().check(&program).failure.expect("it is found");
    assert_eq!((failure.execution, failure.repeats, failure.trace.steps.len()), (6, false, 2));
    assert!(matches!(failure.outcome, Outcome::Panicked(_)));
    let text = failure.to_string();
    assert!(text.ends_with("does not do the same after the same choices"), "{text}");
}

#[test]
fn limits_hold_for_what_is_made_short_too() {
    let limits = Limits { steps: 50, spurious: false, ..Limits::default() };
    let program: Program = Arc::new(spinning);
    let failure = Checker { limits, ..Checker::default() }.check(&program).failure.unwrap();
    assert_eq!((failure.outcome, failure.trace.steps.len()), (Outcome::StepLimit(50), 50));
}
