//! Programs that every interleaving brings to their end, and what is waited for on the way.

use std::{
    cell::Cell,
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use engine::{Noise, Outcome};
use sync::{Mutex, Semaphore, control, future, pool::ThreadPool, task, thread, time};

use crate::{alternate, completes, engine, noisy, outcome, program_of};

#[test]
fn a_right_program_completes_every_time() {
    for noise in [Noise::On, Noise::Off] {
        let mut engine = noisy(noise);
        completes(&mut engine, 2000, &program_of(|| alternate(1)));
        completes(&mut engine, 500, &program_of(|| alternate(10)));
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
fn no_virtual_time_is_kept() {
    let program = program_of(|| {
        assert!(!time::keep());
        assert_eq!(time::elapsed(), None);
    });
    completes(&mut engine(), 10, &program);
}

#[test]
fn a_pool_does_every_job_and_the_jobs_of_its_jobs() {
    let program = program_of(|| {
        let (pool, done) = (ThreadPool::new(2), Mutex::new(0));
        pool.scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|scope| {
                    scope.spawn(|_| *done.lock() += 1);
                    *done.lock() += 1;
                });
            }
        });
        assert_eq!(done.into_inner(), 6);
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
fn a_scope_waits_for_no_task_of_another_one() {
    let program = program_of(|| {
        let gate = Semaphore::new(0);
        thread::scope(|outer| {
            outer.spawn(|| gate.acquire());
            thread::scope(|inner| {
                inner.spawn(|| ());
                outer.spawn(|| gate.acquire());
            });
            gate.release_many(2);
        });
    });
    completes(&mut engine(), 100, &program);
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
fn a_batch_ends_when_the_caller_has_had_enough() {
    let mut numbers = Vec::new();
    engine().run_batch(&program_of(|| ()), 5..100, &mut |number, _| {
        numbers.push(number);
        if number == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(numbers, [5, 6, 7]);
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
fn each_task_begins_with_values_of_its_own() {
    sync::thread_local!(static COUNT: Cell<u32> = const { Cell::new(0) });
    let program = program_of(|| {
        let counts = || assert_eq!(COUNT.replace(COUNT.get() + 1), 0);
        counts();
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(counts);
            }
        });
        let tasks = [(); 3].map(|()| thread::spawn(counts));
        for task in tasks {
            task.join().expect("it begins with nothing");
        }
    });
    for noise in [Noise::On, Noise::Off] {
        completes(&mut noisy(noise), 300, &program);
    }
}
