//! The threads engine, from outside: what it says of programs whose end every interleaving shares.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use engine::{Noise, Outcome, Program, Settings, Threads};
use sync::{Barrier, Condvar, Mutex, Semaphore, channel, control, future, task, thread, time};

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

/// Who waits in a deadlock, and for what: "main waits for the end of foo".
#[track_caller]
fn waits(outcome: &Outcome) -> Vec<String> {
    let Outcome::Deadlock(blocked) = outcome else { panic!("no deadlock but {outcome:?}") };
    let told = |blocked: &engine::outcome::Blocked| {
        let wait = blocked.wait.as_ref().expect("a task that blocks has asked");
        format!("{} {} {}", blocked.name, wait.op.waiting(), wait.on)
    };
    blocked.iter().map(told).collect()
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

#[test]
fn a_right_program_completes_every_time() {
    for noise in [Noise::On, Noise::Off] {
        let mut engine = noisy(noise);
        completes(&mut engine, 2000, &program_of(|| alternate(1)));
        completes(&mut engine, 500, &program_of(|| alternate(10)));
    }
}

#[test]
fn a_batch_ends_when_the_caller_has_had_enough() {
    let mut numbers = Vec::new();
    engine().run_batch(&program_of(|| ()), 5..100, &mut |number, _| {
        numbers.push(number);
        if number == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(numbers, [5, 6, 7]);
}

#[test]
fn an_embrace_is_a_deadlock_of_exactly_these_waits() {
    let outcome = outcome(embrace);
    let [main, first, second] = &waits(&outcome)[..] else {
        panic!("three tasks wait: {outcome:?}")
    };
    assert_eq!(main, "main waits for the end of foo");
    // Which mutex is met first, and so gets the lower number, is for the system to say.
    let numbers = [("mutex #0", "mutex #1"), ("mutex #1", "mutex #0")];
    let waits = |(one, other)| {
        *first == format!("foo waits to lock {one}")
            && *second == format!("bar waits to lock {other}")
    };
    assert!(numbers.into_iter().any(waits), "{first}, {second}");
}

#[test]
fn a_lost_wake_up_is_a_deadlock() {
    let outcome = outcome(|| {
        let (ready, changed) = (Mutex::new(()), Condvar::new());
        changed.notify_all();
        changed.wait(&mut ready.lock());
    });
    assert_eq!(waits(&outcome), ["main waits on condvar #0"]);
}

#[test]
fn a_message_that_nobody_sends_is_a_deadlock() {
    let outcome = outcome(|| {
        let (sender, receiver) = channel::unbounded::<()>();
        let _ = receiver.recv();
        drop(sender);
    });
    assert_eq!(waits(&outcome), ["main waits to receive from channel #0"]);
}

#[test]
fn a_barrier_that_nobody_completes_is_a_deadlock() {
    let outcome = outcome(|| {
        Barrier::new(2).wait();
    });
    assert_eq!(waits(&outcome), ["main waits at barrier #0"]);
}

#[test]
fn a_park_that_nobody_ends_is_a_deadlock() {
    let outcome = outcome(thread::park);
    assert_eq!(waits(&outcome), ["main is parked on parker #0"]);
}

#[test]
fn a_detached_task_that_never_ends_is_a_deadlock() {
    let outcome = outcome(|| {
        drop(spawn("foo", || Semaphore::new(0).acquire()));
    });
    assert_eq!(waits(&outcome), ["foo waits for a permit of semaphore #0"]);
}

#[test]
fn a_deadlock_in_a_scope_is_one() {
    let outcome = outcome(|| {
        let gate = Semaphore::new(0);
        thread::scope(|scope| {
            scope.spawn(|| gate.acquire());
        });
    });
    let expected =
        ["main waits for the end of task 1", "task 1 waits for a permit of semaphore #0"];
    assert_eq!(waits(&outcome), expected);
}

#[test]
fn an_async_embrace_is_a_deadlock_of_exactly_these_waits() {
    let outcome = outcome(|| {
        let locks = Arc::new((future::Mutex::new(()), future::Mutex::new(())));
        let both_hold_one = Arc::new(future::Barrier::new(2));
        let (theirs, meeting) = (Arc::clone(&locks), Arc::clone(&both_hold_one));
        let foo_task = task::spawn_named(Some("foo".into()), async move {
            let _first = theirs.0.lock().await;
            meeting.wait().await;
            drop(theirs.1.lock().await);
        });
        let bar_task = task::spawn_named(Some("bar".into()), async move {
            let _second = locks.1.lock().await;
            both_hold_one.wait().await;
            drop(locks.0.lock().await);
        });
        task::block_on(async {
            let _ = (foo_task.await, bar_task.await);
        });
    });
    let [main, first, second] = &waits(&outcome)[..] else {
        panic!("three tasks wait: {outcome:?}")
    };
    assert_eq!(main, "main waits for the end of foo");
    assert!(first.starts_with("foo waits to lock mutex #"), "{first}");
    assert!(second.starts_with("bar waits to lock mutex #"), "{second}");
}

#[test]
fn an_async_message_that_nobody_sends_is_a_deadlock() {
    let outcome = outcome(|| {
        let (sender, receiver) = future::oneshot::channel::<()>();
        let _ = task::block_on(receiver);
        drop(sender);
    });
    assert_eq!(waits(&outcome), ["main waits to receive from channel #0"]);
}

#[test]
fn a_task_that_sleeps_is_no_deadlock() {
    // Longer than it takes to recognise one.
    let asleep = Duration::from_millis(300);
    let blocking = outcome(move || {
        let gate = Arc::new(Semaphore::new(0));
        let theirs = Arc::clone(&gate);
        let foo_task = thread::spawn(move || {
            time::sleep(asleep);
            theirs.release();
        });
        gate.acquire();
        foo_task.join().expect("foo does not panic");
    });
    assert_eq!(blocking, Outcome::Completed);
    let awaiting = outcome(move || {
        let gate = Arc::new(future::Semaphore::new(0));
        let theirs = Arc::clone(&gate);
        let foo_task = task::spawn(async move {
            future::sleep(asleep).await;
            theirs.add_permits(1);
        });
        task::block_on(async {
            drop(gate.acquire().await);
            foo_task.await.expect("foo does not panic");
        });
    });
    assert_eq!(awaiting, Outcome::Completed);
}

#[test]
fn a_task_that_computes_is_no_deadlock() {
    let outcome = outcome(|| {
        let gate = Arc::new(Semaphore::new(0));
        let theirs = Arc::clone(&gate);
        let foo_task = thread::spawn(move || {
            // Several times as long as it takes to recognise a deadlock.
            let sum = (0..300_000_000_u64).fold(0, |sum, term| std::hint::black_box(sum ^ term));
            std::hint::black_box(sum);
            theirs.release();
        });
        gate.acquire();
        foo_task.join().expect("foo does not panic");
    });
    assert_eq!(outcome, Outcome::Completed);
}

#[test]
fn a_detached_task_is_waited_for() {
    let (ended, mut engine) = (Arc::new(AtomicU64::new(0)), engine());
    let count = Arc::clone(&ended);
    let program = program_of(move || {
        let (blocking, awaiting) = (Arc::clone(&count), Arc::clone(&count));
        drop(thread::spawn(move || blocking.fetch_add(1, Relaxed)));
        drop(task::spawn(async move { awaiting.fetch_add(1, Relaxed) }));
    });
    for number in 0..200 {
        assert_eq!(engine.run(&program, number), Outcome::Completed);
        assert_eq!(ended.load(Relaxed), 2 * (number + 1));
    }
}

/// The panic that `program` ends with, as text without the column.
#[track_caller]
fn panic_of(program: impl Fn() + Send + Sync + 'static) -> String {
    match outcome(program) {
        Outcome::Panicked(panic) => {
            let (place, _column) = panic.place.rsplit_once(':').expect("a place has a column");
            let file = place.rsplit('/').next().expect("a path ends with a file");
            format!("{} at {file}: {}", panic.task, panic.message)
        }
        other => panic!("no panic but {other:?}"),
    }
}

#[test]
fn a_panic_is_told_with_its_task_its_message_and_its_place() {
    let line = line!() + 1;
    let told = panic_of(|| drop(spawn("foo", || panic!("foo is {}", "wrong")).join()));
    assert_eq!(told, format!("foo at threads.rs:{line}: foo is wrong"));
}

#[test]
fn an_async_panic_is_told_too() {
    let line = line!() + 2;
    let told = panic_of(|| {
        let foo_task = task::spawn_named(Some("foo".into()), async { panic!("foo is wrong") });
        let _: Result<(), _> = task::block_on(foo_task);
    });
    assert_eq!(told, format!("foo at threads.rs:{line}: foo is wrong"));
}

#[test]
fn the_panic_that_came_first_is_told() {
    for _ in 0..100 {
        let told = panic_of(|| {
            spawn("foo", || panic!("the cause")).join().expect("the consequence");
        });
        assert!(told.ends_with("the cause"), "{told}");
    }
}

#[test]
fn a_panic_ends_an_execution_in_which_others_wait_for_ever() {
    let told = panic_of(|| {
        let gate = Arc::new(Semaphore::new(0));
        let theirs = Arc::clone(&gate);
        drop(spawn("foo", move || {
            theirs.release_many(usize::from(theirs.try_acquire()));
            panic!("before the release");
        }));
        gate.acquire();
    });
    assert!(told.ends_with("before the release"), "{told}");
}

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
fn an_async_program_completes_every_time() {
    let program = program_of(|| {
        let turns = Arc::new((future::Semaphore::new(1), future::Semaphore::new(0)));
        let theirs = Arc::clone(&turns);
        let foo_task = task::spawn(async move {
            for _ in 0..5 {
                theirs.0.acquire().await.expect("it stays open").forget();
                theirs.1.add_permits(1);
            }
        });
        let bar_task = task::spawn(async move {
            for _ in 0..5 {
                turns.1.acquire().await.expect("it stays open").forget();
                task::yield_now().await;
                turns.0.add_permits(1);
            }
        });
        task::block_on(async {
            let _ = (foo_task.await, bar_task.await);
        });
    });
    completes(&mut engine(), 500, &program);
}

#[test]
fn a_scope_waits_for_its_tasks_which_may_borrow() {
    let program = program_of(|| {
        let (count, half) = (Mutex::new(0), Mutex::new(0));
        let sum = thread::scope(|scope| {
            let foo_task = scope.spawn(|| *count.lock() += 1);
            let bar_task = scope.spawn(|| {
                thread::scope(|inner| drop(inner.spawn(|| *count.lock() += 1)));
                21
            });
            foo_task.join().expect("foo does not panic");
            *half.lock() += bar_task.join().expect("bar does not panic");
            2 * *half.lock()
        });
        assert_eq!((*count.lock(), sum), (2, 42));
    });
    completes(&mut engine(), 300, &program);
}

#[test]
fn park_ends_with_unpark() {
    let program = program_of(|| {
        let main = thread::current();
        let foo_task = thread::spawn(thread::park);
        let bar_task = thread::spawn(move || main.unpark());
        foo_task.thread().unpark();
        thread::park();
        drop((foo_task.join(), bar_task.join()));
    });
    completes(&mut engine(), 500, &program);
}

#[test]
fn the_same_seed_gives_the_same_choices() {
    let chosen = || {
        let chosen = Arc::new(Mutex::new(Vec::new()));
        let theirs = Arc::clone(&chosen);
        let program = program_of(move || {
            let mut order: Vec<_> = (0..8).collect();
            control::shuffle(&mut order);
            theirs.lock().push(order);
        });
        completes(&mut engine(), 20, &program);
        let chosen = chosen.lock();
        chosen.clone()
    };
    let first = chosen();
    assert_eq!(first, chosen());
    assert!(first.iter().any(|order| *order != first[0]));
}

#[test]
fn without_noise_tasks_start_in_order() {
    let program = program_of(|| {
        let mut order = [0, 1, 2, 3];
        control::shuffle(&mut order);
        assert_eq!(order, [0, 1, 2, 3]);
    });
    completes(&mut noisy(Noise::Off), 20, &program);
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
