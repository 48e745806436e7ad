//! Programs that every interleaving brings to a standstill: who waits is told exactly.

use std::sync::Arc;

use sync::{Barrier, Condvar, Mutex, Semaphore, channel, future, task, thread};

use crate::{embrace, outcome, spawn, waits};

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
