//! Deadlocks are called by their names, where the evidence is there; where it is not, they have none.

use std::{collections::BTreeSet, sync::Arc};

use engine::{Controlled, Limits, Outcome, Program, analysis::Cause, strategy::Random};
use sync::{
    Condvar, Mutex, RwLock, Semaphore,
    atomic::{AtomicBool, Ordering::SeqCst},
    channel::bounded,
    future::{self, Notify},
    task, thread,
};

/// What the deadlocks of `program` over a few hundred random walks are called.
fn names(program: impl Fn() + Send + Sync + 'static) -> BTreeSet<&'static str> {
    causes(program).iter().map(|cause| cause.as_ref().map_or("deadlock", Cause::name)).collect()
}

/// The cause of each deadlock.
fn causes(program: impl Fn() + Send + Sync + 'static) -> Vec<Option<Cause>> {
    let program: Program = Arc::new(program);
    let strategy = Box::new(Random::new(1));
    let mut engine = Controlled::new(strategy, Limits::default()).waking_sleepers();
    let mut causes = Vec::new();
    for number in 0..300 {
        let run = engine.run(&program, number).expect("a walk never ends");
        if let Outcome::Deadlock(_) = run.outcome {
            causes.push(engine.cause());
        } else {
            assert_eq!(run.outcome, Outcome::Completed);
            assert_eq!(engine.cause(), None);
        }
    }
    causes
}

#[track_caller]
fn are_all(name: &'static str, program: impl Fn() + Send + Sync + 'static) {
    assert_eq!(names(program), [name].into());
}

#[test]
fn a_task_that_locks_what_it_holds_deadlocks_with_itself() {
    are_all("self-deadlock", || {
        let mutex = Mutex::new(());
        let _first = mutex.lock();
        let _second = mutex.lock();
    });
    are_all("self-deadlock", || {
        let lock = RwLock::new(());
        let _first = lock.read();
        let _second = lock.write();
    });
    are_all("self-deadlock", || {
        let mutex = future::Mutex::new(());
        task::block_on(async {
            let _first = mutex.lock().await;
            let _second = mutex.lock().await;
        });
    });
    are_all("self-deadlock", || {
        let mutex = Mutex::new(());
        let _first = mutex.try_lock().expect("the mutex is free");
        let _second = mutex.lock();
    });
}

#[test]
fn locks_taken_in_opposite_orders_make_a_cycle() {
    are_all("lock-order cycle", || {
        let (left, right) = (Mutex::new(()), Mutex::new(()));
        thread::scope(|scope| {
            scope.spawn(|| {
                let _left = left.lock();
                let _right = right.lock();
            });
            scope.spawn(|| {
                let _right = right.lock();
                let _left = left.lock();
            });
        });
    });
}

#[test]
fn a_cycle_of_three_is_told_in_its_order() {
    let causes = causes(|| {
        let forks = [(); 3].map(|()| Mutex::new(()));
        thread::scope(|scope| {
            for seat in 0..3 {
                let forks = &forks;
                scope.spawn(move || {
                    let _left = forks[seat].lock();
                    let _right = forks[(seat + 1) % 3].lock();
                });
            }
        });
    });
    assert!(!causes.is_empty(), "three who all take the left fork first deadlock at times");
    for cause in causes {
        let Some(Cause::Cycle(links)) = cause else { panic!("no cycle but {cause:?}") };
        assert_eq!(links.len(), 3);
        for (link, next) in links.iter().zip(links.iter().cycle().skip(1)) {
            let (held, _) = next.holds.as_ref().expect("each link is a lock");
            assert_eq!(&link.wait.on, held);
        }
    }
}

#[test]
fn async_locks_make_a_cycle_too() {
    are_all("lock-order cycle", || {
        let (left, right) = (Arc::new(future::Mutex::new(())), Arc::new(future::Mutex::new(())));
        let locks = |first: Arc<future::Mutex<()>>, second: Arc<future::Mutex<()>>| async move {
            let _first = first.lock().await;
            let _second = second.lock().await;
        };
        let one = task::spawn(locks(Arc::clone(&left), Arc::clone(&right)));
        let other = task::spawn(locks(right, left));
        let _ = task::block_on(async { (one.await, other.await) });
    });
}

#[test]
fn one_who_joins_the_task_that_needs_its_lock_makes_a_cycle_that_is_no_lock_order() {
    are_all("wait-for cycle", || {
        let mutex = Arc::new(Mutex::new(()));
        let other = Arc::clone(&mutex);
        let guard = mutex.lock();
        let task = thread::spawn(move || drop(other.lock()));
        task.join().expect("locking does not panic");
        drop(guard);
    });
}

#[test]
fn a_guard_held_across_an_await_that_others_need() {
    are_all("guard held across an await", || {
        let shared = Arc::new((future::Mutex::new(()), Notify::new()));
        let other = Arc::clone(&shared);
        let waits = task::spawn(async move {
            let _guard = other.0.lock().await;
            other.1.notified().await;
        });
        let tells = task::spawn(async move {
            drop(shared.0.lock().await);
            shared.1.notify_one();
        });
        let _ = task::block_on(async { (waits.await, tells.await) });
    });
    // A guard that blocks cannot go from thread to thread, but one thread can await with it.
    are_all("guard held across an await", || {
        let shared = Arc::new((Mutex::new(()), Notify::new()));
        let other = Arc::clone(&shared);
        let tells = thread::spawn(move || {
            drop(other.0.lock());
            other.1.notify_one();
        });
        let guard = shared.0.lock();
        task::block_on(shared.1.notified());
        drop(guard);
        tells.join().expect("notifying does not panic");
    });
}

#[test]
fn a_lock_held_while_waiting_for_one_who_needs_it() {
    are_all("lock held while waiting", || {
        let shared = Arc::new((Mutex::new(()), Semaphore::new(0)));
        let other = Arc::clone(&shared);
        let task = thread::spawn(move || {
            drop(other.0.lock());
            other.1.release();
        });
        let guard = shared.0.lock();
        shared.1.acquire();
        drop(guard);
        task.join().expect("releasing does not panic");
    });
}

#[test]
fn a_lock_that_only_some_wait_for_explains_nothing() {
    are_all("deadlock", || {
        let shared = Arc::new((Mutex::new(()), Semaphore::new(0), Semaphore::new(0)));
        let (one, other) = (Arc::clone(&shared), Arc::clone(&shared));
        let holds = thread::spawn(move || {
            let _guard = one.0.lock();
            one.1.acquire();
        });
        // It could have released, and waits for something that has nothing to do with the lock.
        let waits = thread::spawn(move || {
            other.2.acquire();
            other.1.release();
        });
        drop(shared.0.lock());
        holds.join().expect("acquiring does not panic");
        waits.join().expect("acquiring does not panic");
    });
}

/// A task that sleeps until a flag is up, and `raise`, which lifts it and may notify.
fn waiter(
    raise: impl Fn(&AtomicBool, &Mutex<()>, &Condvar) + Send + Sync + 'static,
) -> impl Fn() + Send + Sync + 'static {
    let raise = Arc::new(raise);
    move || {
        let shared = Arc::new((AtomicBool::new(false), Mutex::new(()), Condvar::new()));
        let (other, raise) = (Arc::clone(&shared), Arc::clone(&raise));
        let raises = thread::spawn(move || raise(&other.0, &other.1, &other.2));
        let (flag, mutex, changed) = &*shared;
        let mut guard = mutex.lock();
        while !flag.load(SeqCst) {
            changed.wait(&mut guard);
        }
        drop(guard);
        raises.join().expect("raising does not panic");
    }
}

#[test]
fn a_flag_that_is_raised_without_the_lock_loses_a_wake_up() {
    are_all(
        "lost wake-up",
        waiter(|flag, _, changed| {
            flag.store(true, SeqCst);
            changed.notify_one();
        }),
    );
}

#[test]
fn a_flag_that_is_raised_under_the_lock_loses_none() {
    assert_eq!(
        names(waiter(|flag, mutex, changed| {
            let guard = mutex.lock();
            flag.store(true, SeqCst);
            drop(guard);
            changed.notify_one();
        })),
        BTreeSet::new()
    );
}

#[test]
fn a_notification_that_was_never_sent_is_missing() {
    are_all("missing notification", waiter(|flag, _, _| flag.store(true, SeqCst)));
}

#[test]
fn a_sleeper_that_would_only_sleep_again_has_lost_nothing() {
    are_all("deadlock", waiter(|_, _, _| ()));
    are_all("deadlock", waiter(|_, _, changed| changed.notify_all()));
}

#[test]
fn a_wait_without_a_test_loses_what_came_before_it() {
    are_all("lost wake-up", || {
        let shared = Arc::new((Mutex::new(()), Condvar::new()));
        let other = Arc::clone(&shared);
        let notifies = thread::spawn(move || other.1.notify_one());
        shared.1.wait(&mut shared.0.lock());
        notifies.join().expect("notifying does not panic");
    });
}

#[test]
fn a_single_notification_may_wake_the_wrong_one() {
    let causes = causes(|| {
        let shared = Arc::new((Mutex::new(0), Condvar::new()));
        let waits_for = |turn: i32| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let mut now = shared.0.lock();
                while *now != turn {
                    shared.1.wait(&mut now);
                }
                *now += 1;
                shared.1.notify_one();
            })
        };
        let tasks = [waits_for(1), waits_for(2)];
        *shared.0.lock() = 1;
        shared.1.notify_one();
        for task in tasks {
            task.join().expect("waiting does not panic");
        }
    });
    assert!(!causes.is_empty(), "the wrong one is woken at times");
    for cause in causes {
        let Some(Cause::LostWakeUp { sleeper, loss, .. }) = cause else { panic!("{cause:?}") };
        assert_eq!(sleeper, "task 1");
        let engine::analysis::Loss::Elsewhere { woken, .. } = loss else { panic!("{loss:?}") };
        assert_eq!(woken, "task 2");
    }
}

#[test]
fn notify_waiters_keeps_nothing_for_those_who_come_later() {
    are_all("lost wake-up", || {
        let notify = Arc::new(Notify::new());
        let other = Arc::clone(&notify);
        let waits = task::spawn(async move { other.notified().await });
        notify.notify_waiters();
        let _ = task::block_on(waits);
    });
}

#[test]
fn who_looks_into_another_mutex_and_sleeps_again_has_lost_nothing() {
    are_all("deadlock", || {
        let shared = (Mutex::new(()), Mutex::new(false), Condvar::new());
        let mut guard = shared.0.lock();
        while !*shared.1.lock() {
            shared.2.wait(&mut guard);
        }
    });
}

#[test]
fn a_message_that_nobody_sends_has_no_other_name() {
    are_all("deadlock", || {
        let (sender, receiver) = bounded::<()>(1);
        assert!(receiver.recv().is_ok());
        drop(sender);
    });
}
