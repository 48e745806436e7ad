//! A failing execution is followed exactly, and shrinks to the one a person would have made up.

use std::sync::Arc;

use engine::{
    Controlled, Limits, Outcome, Program, Replayer, Run, Schedule, Shrunk, shrink,
    strategy::{Guide, Random},
    trace::Trace,
};
use sync::{
    Condvar, Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

/// How many steps a test spends on shrinking.
const STEPS: usize = 200_000;

/// Runs `first` beside the main task's `second`.
fn both(first: impl FnOnce() + Send + 'static, second: impl FnOnce()) {
    let task = thread::spawn_named(Some("first".into()), first);
    second();
    task.join().expect("it does not panic");
}

/// Two tasks add to a number in two steps, and one addition may be lost.
fn lost_update() -> Program {
    Arc::new(|| {
        let number = Arc::new(AtomicUsize::new(0));
        let add = |number: &AtomicUsize| number.store(number.load(SeqCst) + 1, SeqCst);
        let theirs = Arc::clone(&number);
        both(move || add(&theirs), || add(&number));
        assert_eq!(number.load(SeqCst), 2, "an addition is lost");
    })
}

/// Two tasks take two locks in opposite orders.
fn opposite_locks() -> Program {
    Arc::new(|| {
        let locks = Arc::new((Mutex::new(()), Mutex::new(())));
        let theirs = Arc::clone(&locks);
        let one = move || {
            let _outer = theirs.0.lock();
            let _inner = theirs.1.lock();
        };
        both(one, || {
            let _outer = locks.1.lock();
            let _inner = locks.0.lock();
        });
    })
}

/// A task that looks once, and goes on when it is woken for no reason.
fn looks_once() -> Program {
    Arc::new(|| {
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let finish = move || {
            *theirs.0.lock() = true;
            theirs.1.notify_all();
        };
        both(finish, || {
            let mut is_done = shared.0.lock();
            if !*is_done {
                shared.1.wait(&mut is_done);
            }
            assert!(*is_done, "woken for no reason");
        });
    })
}

/// Two tasks that count up by an exchange each, and take for granted that the first try does it.
fn tries_once() -> Program {
    Arc::new(|| {
        let number = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&number);
        let add = |number: &AtomicUsize| {
            let now = number.load(SeqCst);
            let _ = number.compare_exchange_weak(now, now + 1, SeqCst, SeqCst);
        };
        let task = thread::spawn(move || add(&theirs));
        task.join().expect("it does not panic");
        add(&number);
        assert_eq!(number.load(SeqCst), 2, "failed for no reason");
    })
}

/// A spinner that nobody will ever answer, beside one that is answered.
fn spins() -> Program {
    Arc::new(|| {
        let flag = Arc::new(AtomicUsize::new(0));
        let theirs = Arc::clone(&flag);
        let spin = move || {
            while theirs.load(SeqCst) < 2 {
                thread::yield_now();
            }
        };
        both(spin, || flag.store(1, SeqCst));
    })
}

/// The first execution of `program` in a random walk that `is_wrong` describes.
fn failing(program: &Program, limits: Limits, is_wrong: fn(&Outcome) -> bool) -> (Trace, Schedule) {
    let mut engine = Controlled::new(Box::new(Random::new(3)), limits);
    for number in 0..10_000 {
        let run = engine.run(program, number).expect("a walk never ends");
        if is_wrong(&run.outcome) {
            let trace = engine.trace();
            let tasks = trace.steps.iter().map(|step| step.task).collect();
            let mut replayer = Replayer::new(limits);
            let (again, witness) = replayer.run(program, Guide::Trace(tasks, engine.draws()));
            assert_eq!((again.outcome, replayer.trace()), (run.outcome, trace.clone()));
            return (trace, witness.schedule);
        }
    }
    panic!("no execution is wrong");
}

#[track_caller]
fn shrunk(program: &Program, is_wrong: fn(&Outcome) -> bool) -> Shrunk {
    let limits = Limits { steps: 500, ..Limits::default() };
    let (trace, schedule) = failing(program, limits, is_wrong);
    let mut fails = |run: &Run, _: &Controlled| is_wrong(&run.outcome);
    let shrunk = shrink(program, limits, schedule, STEPS, &mut fails).expect("it fails again");
    assert!(shrunk.trace.steps.len() <= trace.steps.len());
    shrunk
}

fn panicked(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Panicked(_))
}

#[test]
fn every_execution_is_followed_exactly_from_its_trace_and_from_its_schedule() {
    let limits = Limits { steps: 500, ..Limits::default() };
    for program in [lost_update(), opposite_locks(), looks_once(), tries_once(), spins()] {
        let mut engine = Controlled::new(Box::new(Random::new(1)), limits);
        let mut replayer = Replayer::new(limits);
        for number in 0..100 {
            let run = engine.run(&program, number).expect("a walk never ends");
            let (trace, draws) = (engine.trace(), engine.draws());
            let tasks = trace.steps.iter().map(|step| step.task).collect();
            let (again, witness) = replayer.run(&program, Guide::Trace(tasks, draws));
            assert_eq!((&again, &replayer.trace()), (&run, &trace));
            let text = witness.schedule.to_string();
            let schedule = text.parse().expect("what is written is read");
            let (again, witness) = replayer.run(&program, Guide::Schedule(schedule));
            assert_eq!((again, replayer.trace()), (run, trace));
            assert_eq!((witness.misfit, witness.schedule.to_string()), (None, text));
        }
    }
}

#[test]
fn a_lost_update_needs_one_preemption() {
    let shrunk = shrunk(&lost_update(), panicked);
    assert_eq!((shrunk.witness.preempted.len(), shrunk.witness.wakes()), (1, 0));
    // Two starts, two loads, two stores, a join, and the load that sees it.
    assert_eq!(shrunk.run.steps, 8);
}

#[test]
fn locks_in_opposite_orders_need_one_preemption() {
    let shrunk = shrunk(&opposite_locks(), |outcome| matches!(outcome, Outcome::Deadlock(_)));
    assert_eq!((shrunk.witness.preempted.len(), shrunk.run.steps), (1, 4));
}

#[test]
fn a_wait_that_ends_for_no_reason_is_the_only_surprise_left() {
    let shrunk = shrunk(&looks_once(), panicked);
    assert_eq!((shrunk.witness.preempted.len(), shrunk.witness.wakes()), (0, 1));
}

#[test]
fn an_exchange_that_fails_for_no_reason_is_the_only_surprise_left() {
    let shrunk = shrunk(&tries_once(), panicked);
    assert_eq!((shrunk.witness.preempted.len(), shrunk.witness.wakes()), (0, 1));
}

#[test]
fn a_livelock_shrinks_to_one_in_which_everybody_has_had_a_turn() {
    let shrunk = shrunk(&spins(), |outcome| matches!(outcome, Outcome::StepLimit(_)));
    assert_eq!(shrunk.witness.schedule, Schedule::default());
    let stores = shrunk.trace.steps.iter().filter(|step| step.task == 0);
    assert_eq!(stores.count(), 2, "the main task has started and stored");
}

#[test]
fn a_schedule_that_does_not_fit_says_from_which_step_on() {
    let mut replayer = Replayer::new(Limits::default());
    let schedule = Schedule { turns: vec![1, 7], ..Schedule::default() };
    let (_, witness) = replayer.run(&lost_update(), Guide::Schedule(schedule));
    assert_eq!(witness.misfit, Some(2));
    let longer = Schedule { turns: vec![1; 1000], ..Schedule::default() };
    let (run, witness) = replayer.run(&lost_update(), Guide::Schedule(longer));
    assert!(witness.misfit.is_some_and(|step| step <= run.steps), "{witness:?}");
}

#[test]
fn what_does_not_fail_is_not_shrunk() {
    let mut fails = |run: &Run, _: &Controlled| run.outcome != Outcome::Completed;
    let none = shrink(&lost_update(), Limits::default(), Schedule::default(), STEPS, &mut fails);
    assert_eq!(none, None);
}
