//! Verifying programs: what is proved, what is found, and what is said where neither is.

use std::sync::{
    Arc,
    atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst},
};

use engine::{Limits, Outcome, Program, Replayer, Verifier, verify::End};
use sync::{
    Condvar, Mutex,
    atomic::{AtomicBool, AtomicUsize},
    cell::RaceCell,
    hint, thread,
};

fn program(program: impl Fn() + Send + Sync + 'static) -> Program {
    Arc::new(program)
}

/// A task is told by another that it may go on, and waits for that once, or in a loop.
fn told(waits: fn(&Condvar, &mut sync::MutexGuard<'_, bool>)) -> Program {
    program(move || {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let task = thread::spawn(move || {
            *theirs.0.lock() = true;
            theirs.1.notify_one();
        });
        let mut ready = shared.0.lock();
        waits(&shared.1, &mut ready);
        assert!(*ready, "woken too early");
        drop(ready);
        drop(task.join());
    })
}

fn once(changed: &Condvar, ready: &mut sync::MutexGuard<'_, bool>) {
    if !**ready {
        changed.wait(ready);
    }
}

fn again_and_again(changed: &Condvar, ready: &mut sync::MutexGuard<'_, bool>) {
    changed.wait_while(ready, |ready| !*ready);
}

/// `tasks` tasks add to a number, each in two steps.
fn adding(tasks: usize) -> Program {
    program(move || {
        let number = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..tasks {
                scope.spawn(|| number.store(number.load(Relaxed) + 1, Relaxed));
            }
        });
    })
}

#[test]
fn a_wait_without_a_loop_is_found_out_only_if_waits_may_end_for_no_reason() {
    let verifier = Verifier::default();
    let failure = verifier.verify(&told(once)).failure.expect("it may wake too early");
    assert!(
        matches!(&failure.outcome, Outcome::Panicked(panic) if panic.message == "woken too early")
    );
    assert!(verifier.verify(&told(again_and_again)).is_verified());
    let limits = Limits { spurious: false, ..verifier.limits };
    assert!(Verifier { limits, ..verifier }.verify(&told(once)).is_verified());
}

#[test]
fn a_failure_is_told_and_replays() {
    let (verifier, program) = (Verifier::default(), told(once));
    let verification = verifier.verify(&program);
    let text = verification.to_string();
    assert!(text.contains("woken too early") && text.contains("waits on condvar #0"), "{text}");
    let failure = verification.failure.expect("it may wake too early");
    let mut replayer = Replayer::new(verifier.limits);
    let (run, _) = replayer.run(&program, failure.guide());
    assert_eq!((run.outcome, replayer.trace().steps), (failure.outcome, failure.trace.steps));
}

#[test]
fn a_data_race_is_a_failure_although_every_task_ends() {
    let publishing = |order: Ordering| {
        program(move || {
            let (word, is_written) = (RaceCell::new("foo"), AtomicBool::new(false));
            thread::scope(|scope| {
                scope.spawn(|| {
                    word.set("bar");
                    is_written.store(true, order);
                });
                if is_written.load(Acquire) {
                    assert_eq!(word.get(), "bar");
                }
            });
        })
    };
    assert!(Verifier::default().verify(&publishing(Release)).is_verified());
    let failure = Verifier::default().verify(&publishing(Relaxed)).failure;
    let failure = failure.expect("a relaxed store publishes nothing");
    assert_eq!(failure.outcome, Outcome::Completed);
    let race = failure.race.expect("that is what is wrong with it");
    assert_eq!((race.on.as_str(), race.first.task.as_str()), ("cell #0", "task 1"));
}

#[test]
fn bounds_are_completed_one_after_the_other() {
    let verifier = Verifier { preemptions: Some(1), ..Verifier::default() };
    let verification = verifier.verify(&adding(3));
    assert_eq!((verification.survey.bound, verification.survey.end), (Some(1), End::Bounded));
    assert!(!verification.is_verified());
    let all = Verifier { preemptions: Some(9), ..verifier }.verify(&adding(2));
    assert_eq!(all.survey.end, End::Exhausted);
    assert!(all.survey.bound < Some(9), "two tasks of three steps have no nine preemptions");
}

#[test]
fn a_budget_ends_it() {
    let verifier = Verifier { max_executions: Some(5), ..Verifier::default() };
    let survey = verifier.verify(&adding(3)).survey;
    assert_eq!((survey.executions, survey.end), (5, End::OutOfExecutions));
    assert!(survey.done > 0.0 && survey.done < 1.0, "{}", survey.done);
}

/// A task waits for another in a loop that `relax`es.
fn spinning(relax: fn()) -> Program {
    program(move || {
        let is_set = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&is_set);
        let task = thread::spawn(move || theirs.store(true, SeqCst));
        while !is_set.load(SeqCst) {
            relax();
        }
        drop(task.join());
    })
}

#[test]
fn a_loop_that_yields_ends() {
    assert!(Verifier::default().verify(&spinning(hint::spin_loop)).is_verified());
}

#[test]
fn a_loop_that_does_not_is_not_cut_silently() {
    let verification = Verifier::default().verify(&spinning(|| ()));
    assert_eq!(
        (verification.failure.is_none(), verification.survey.end),
        (true, End::Unbounded(20_000))
    );
    assert!(!verification.is_verified());
}

#[test]
fn waiting_for_ever_in_a_loop_is_a_failure() {
    let program = program(|| {
        let is_set = AtomicBool::new(false);
        while !is_set.load(SeqCst) {
            hint::spin_loop();
        }
    });
    let failure = Verifier::default().verify(&program).failure.expect("nobody sets it");
    assert_eq!(failure.outcome, Outcome::StepLimit(20_000));
}

#[test]
fn a_program_that_does_not_repeat_is_not_verified() {
    let runs = std::sync::atomic::AtomicUsize::new(0);
    let program = program(move || {
        let number = AtomicUsize::new(0);
        let again = runs.fetch_add(1, SeqCst);
        thread::scope(|scope| {
            scope.spawn(|| number.fetch_add(1, SeqCst));
            if again == 0 {
                scope.spawn(|| number.fetch_add(1, SeqCst));
            }
        });
    });
    assert_eq!(Verifier::default().verify(&program).survey.end, End::Parted);
}

#[test]
fn the_classes_are_as_many_on_every_number_of_cores() {
    let classes = |cores| {
        let survey = Verifier { cores, ..Verifier::default() }.verify(&adding(4)).survey;
        assert_eq!((survey.end, survey.executions), (End::Exhausted, survey.coverage.classes()));
        survey.executions
    };
    assert_eq!([2, 4].map(classes), [classes(1); 2]);
}

/// One task looks, lets others go first, and writes, all `times` over; the other reads what was
/// written.
fn looking_and_writing(times: usize) -> Program {
    program(move || {
        let (looked_at, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..times {
                    looked_at.load(SeqCst);
                    thread::yield_now();
                    written.fetch_add(1, SeqCst);
                }
            });
            scope.spawn(|| assert_eq!(written.load(SeqCst), 0, "the writer was first"));
        });
    })
}

#[test]
fn whoever_yields_and_goes_on_may_come_before_others() {
    for times in [1, 3] {
        let verification = Verifier::default().verify(&looking_and_writing(times));
        assert!(verification.failure.is_some(), "{times} times");
    }
}
