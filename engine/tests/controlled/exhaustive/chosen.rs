//! Programs in which something is easily overlooked, or gone through in vain.

use std::sync::Arc;

use engine::Program;
use sync::{Mutex, OnceLock, Semaphore, channel, thread};

use super::{BOTH, Sum, compare};

/// Compares both searches over one program.
#[track_caller]
fn meets_all(program: impl Fn() + Clone + Send + Sync + 'static) -> Sum {
    compare(|_| ((), Arc::new(program.clone()) as Program), BOTH[0], 1, 10_000)
}

#[test]
fn what_a_third_task_makes_possible_may_come_before() {
    meets_all(|| {
        let (sender, receiver) = channel::unbounded();
        let mutex = Mutex::new(());
        thread::scope(|scope| {
            // It has to wait where the attempt fails, and lets go of the mutex when it has waited.
            scope.spawn(|| {
                let _guard = mutex.lock();
                let _message = receiver.recv();
            });
            scope.spawn(|| drop(mutex.try_lock()));
            scope.spawn(|| sender.send(()));
        });
    });
}

#[test]
fn a_wait_that_never_ended_may_touch_more_when_it_ends() {
    meets_all(|| {
        let (sender, receiver) = channel::unbounded();
        let permits = Semaphore::new(2);
        let other = sender.clone();
        thread::scope(|scope| {
            // A sender goes when its task ends: in the step that takes the permits.
            scope.spawn(|| {
                let sender = sender;
                let _is_sent = sender.send(());
                permits.acquire_many(2);
            });
            scope.spawn(|| {
                permits.try_acquire_many(2);
                permits.acquire();
            });
            scope.spawn(|| other.try_send(()));
        });
        drop(receiver);
    });
}

#[test]
fn whoever_only_looks_whether_a_task_has_ended_may_come_before_its_end() {
    meets_all(|| {
        let task = thread::spawn(|| Semaphore::new(1).acquire());
        let other = thread::spawn(move || task.is_finished());
        drop(other.join());
    });
}

#[test]
fn what_came_by_way_of_a_step_that_would_not_happen_is_no_reason() {
    let met = meets_all(|| {
        let forks = [const { Mutex::new(()) }; 3];
        thread::scope(|scope| {
            // The first waits until the second has both of its own, which waits for the third.
            for (lower, upper) in [(0, 1), (0, 2), (1, 2)] {
                let (lower, upper) = (&forks[lower], &forks[upper]);
                scope.spawn(|| {
                    let _lower = lower.lock();
                    let _upper = upper.lock();
                });
            }
        });
    });
    assert_eq!(met.given_up, 0, "{met:?}");
}

#[test]
fn nobody_joins_a_task_before_its_end_whatever_else_the_step_touches() {
    let met = meets_all(|| {
        let shared = Arc::new((Mutex::new(()), channel::unbounded()));
        let tasks = [0, 2].map(|messages| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let (mutex, (sender, _receiver)) = &*shared;
                drop(mutex.lock());
                for message in 0..messages {
                    let _is_sent = sender.send(message);
                }
            })
        });
        // The channel goes in the step that joins the second task.
        for task in tasks {
            drop(task.join());
        }
        drop(shared);
    });
    assert_eq!((met.executions, met.given_up), (2, 0), "{met:?}");
}

#[test]
fn whoever_waits_for_a_value_does_not_come_before_it_is_set() {
    let wait = |cell: &OnceLock<()>, mutex: &Mutex<()>| {
        drop(mutex.lock());
        cell.wait();
    };
    let met = meets_all(move || {
        let (cell, mutex) = (OnceLock::new(), Mutex::new(()));
        thread::scope(|scope| {
            scope.spawn(|| cell.set(()));
            scope.spawn(|| wait(&cell, &mutex));
        });
    });
    assert_eq!((met.executions, met.given_up), (1, 0), "{met:?}");
    meets_all(move || {
        let (cell, mutex) = (OnceLock::new(), Mutex::new(()));
        thread::scope(|scope| {
            scope.spawn(|| cell.set(()));
            scope.spawn(|| wait(&cell, &mutex));
            scope.spawn(|| *cell.get_or_init(|| drop(mutex.lock())));
        });
    });
}
