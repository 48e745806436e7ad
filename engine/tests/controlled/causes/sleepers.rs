//! Sleepers that nobody woke: what was lost, what was never sent, and what was neither.

use std::{collections::BTreeSet, sync::Arc};

use engine::analysis::{Cause, Loss};
use sync::{
    Condvar, Mutex,
    atomic::{AtomicBool, Ordering::SeqCst},
    future::Notify,
    task, thread,
};

use super::{are_all, causes, names};

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
        let Loss::Elsewhere { woken, .. } = loss else { panic!("{loss:?}") };
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
