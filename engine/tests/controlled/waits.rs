//! What waiting comes to, on each primitive: all that may happen does, and nothing else.

use std::sync::Arc;

use engine::Limits;
use sync::{
    Barrier, Condvar, Mutex, RwLock, Semaphore,
    channel::{bounded, unbounded},
    future::{self, Notify, oneshot},
    task, thread,
};

use super::{endings, endings_within, set};

/// Ends by a panic that says what was seen, so that an ending tells it.
fn saw(what: impl std::fmt::Debug) {
    panic!("{what:?}");
}

#[test]
fn notify_one_wakes_any_waiter() {
    let limits = Limits { spurious: false, ..Limits::default() };
    let program = || {
        let (turn, changed) = (Arc::new(Mutex::new((0, false))), Arc::new(Condvar::new()));
        for number in 1..=2 {
            let (turn, changed) = (Arc::clone(&turn), Arc::clone(&changed));
            drop(thread::spawn(move || {
                let mut turn = turn.lock();
                turn.0 += 1;
                while !turn.1 {
                    changed.wait(&mut turn);
                }
                saw(number);
            }));
        }
        while turn.lock().0 < 2 {
            thread::yield_now();
        }
        turn.lock().1 = true;
        changed.notify_one();
    };
    assert_eq!(endings_within(limits, 100, program), set(["task 1: 1", "task 2: 2"]));
}

/// Debug builds call all tests at each step, and compare them with what was kept.
#[test]
fn a_hundred_tasks_wait_for_a_hundred_things() {
    let program = || {
        let seats: Vec<_> = (0..100).map(|_| Mutex::new(0)).collect();
        let (seats, seated, full) = (&seats, &Mutex::new(0), &Condvar::new());
        thread::scope(|scope| {
            for seat in 0..100 {
                scope.spawn(move || {
                    let mut own = seats[seat].lock();
                    *own += 1;
                    *seats[(seat + 1) % 100].try_lock().as_deref_mut().unwrap_or(&mut 0) += 1;
                    drop(own);
                    let mut seated = seated.lock();
                    *seated += 1;
                    full.notify_all();
                    while *seated < 100 {
                        full.wait(&mut seated);
                    }
                });
            }
        });
        assert_eq!(*seated.lock(), 100);
    };
    assert_eq!(endings(10, program), set(["completed"]));
}

#[test]
fn a_wait_may_end_for_no_reason_unless_that_is_switched_off() {
    let program = || {
        let (ready, changed) = (Arc::new(Mutex::new(false)), Arc::new(Condvar::new()));
        let (set, notify) = (Arc::clone(&ready), Arc::clone(&changed));
        let setter = thread::spawn(move || {
            thread::yield_now();
            *set.lock() = true;
            notify.notify_one();
        });
        let mut guard = ready.lock();
        if !*guard {
            changed.wait(&mut guard);
        }
        assert!(*guard, "woken for no reason");
        drop(guard);
        setter.join().expect("setting does not panic");
    };
    let woken = "main: woken for no reason";
    assert_eq!(endings(500, program), set(["completed", woken]));
    let limits = Limits { spurious: false, ..Limits::default() };
    assert_eq!(endings_within(limits, 500, program), set(["completed"]));
}

#[test]
fn waking_for_no_reason_does_not_hide_a_lost_notification() {
    let program = || {
        let (mutex, changed) = (Mutex::new(()), Condvar::new());
        changed.notify_one();
        changed.wait(&mut mutex.lock());
    };
    assert_eq!(endings(50, program), set(["main waits on condvar #0"]));
}

#[test]
fn a_semaphore_gives_each_permit_once() {
    let program = || {
        let permits = Arc::new(Semaphore::new(1));
        let try_it = |_| {
            let permits = Arc::clone(&permits);
            thread::spawn(move || permits.try_acquire())
        };
        let tasks: Vec<_> = (0..2).map(try_it).collect();
        let answers = tasks.into_iter().map(|task| task.join().expect("no panic"));
        saw(answers.filter(|&has_permit| has_permit).count());
    };
    assert_eq!(endings(100, program), set(["main: 1"]));
}

#[test]
fn a_barrier_has_one_leader_each_round() {
    let program = || {
        let barrier = Arc::new(Barrier::new(3));
        let meets = |_| {
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || (0..2).filter(|_| barrier.wait().is_leader()).count())
        };
        let tasks: Vec<_> = (0..3).map(meets).collect();
        saw(tasks.into_iter().map(|task| task.join().expect("no panic")).sum::<usize>());
    };
    assert_eq!(endings(200, program), set(["main: 2"]));
}

#[test]
fn readers_share_and_a_writer_does_not() {
    let program = || {
        let lock = Arc::new(RwLock::new(0));
        let (reads, other) = (lock.read(), Arc::clone(&lock));
        let both = thread::spawn(move || (other.try_read().is_some(), other.try_write().is_some()));
        let both = both.join().expect("trying does not panic");
        drop(reads);
        saw((both, lock.try_write().is_some()));
    };
    assert_eq!(endings(50, program), set(["main: ((true, false), true)"]));
}

#[test]
fn a_rendezvous_lets_nobody_pass_alone() {
    let program = || {
        let (sender, receiver) = bounded(0);
        let met = Arc::new(sync::atomic::AtomicBool::new(false));
        let sent = Arc::clone(&met);
        let task = thread::spawn(move || {
            sender.send(1).expect("the receiver lives");
            assert!(sent.load(sync::atomic::Ordering::SeqCst), "passed before anybody received");
        });
        met.store(true, sync::atomic::Ordering::SeqCst);
        assert_eq!(receiver.recv(), Ok(1));
        task.join().expect("the assertion holds");
    };
    assert_eq!(endings(300, program), set(["completed"]));
}

#[test]
fn messages_of_two_senders_mix_and_each_sender_keeps_its_order() {
    let program = || {
        let (sender, receiver) = unbounded();
        for first in [1, 10] {
            let sender = sender.clone();
            drop(thread::spawn(move || (0..2).try_for_each(|more| sender.send(first + more))));
        }
        drop(sender);
        saw(receiver.iter().collect::<Vec<_>>());
    };
    let orders = [
        "main: [1, 2, 10, 11]",
        "main: [1, 10, 2, 11]",
        "main: [1, 10, 11, 2]",
        "main: [10, 1, 11, 2]",
        "main: [10, 1, 2, 11]",
        "main: [10, 11, 1, 2]",
    ];
    assert_eq!(endings(500, program), set(orders));
}

#[test]
fn a_permit_given_before_the_park_is_kept() {
    let program = || {
        let main = thread::current();
        let unparks = thread::spawn(move || main.unpark());
        thread::park();
        unparks.join().expect("unparking does not panic");
    };
    assert_eq!(endings(100, program), set(["completed"]));
}

#[test]
fn async_tasks_wait_and_wake() {
    let program = || {
        let (sender, receiver) = oneshot::channel();
        let answer = task::block_on(async {
            let asks = task::spawn(receiver);
            let tells = task::spawn(async { sender.send(7) });
            tells.await.expect("sending does not panic").expect("the receiver lives");
            asks.await.expect("receiving does not panic")
        });
        assert_eq!(answer, Ok(7));
    };
    assert_eq!(endings(200, program), set(["completed"]));
}

#[test]
fn notify_one_is_kept_and_notify_waiters_is_lost() {
    let program = |keeps: bool| {
        move || {
            let notify = Arc::new(Notify::new());
            let other = Arc::clone(&notify);
            let waits = task::spawn(async move { other.notified().await });
            if keeps {
                notify.notify_one();
            } else {
                notify.notify_waiters();
            }
            let _ = task::block_on(waits);
        }
    };
    assert_eq!(endings(200, program(true)), set(["completed"]));
    let lossy = endings(200, program(false));
    assert!(lossy.contains("completed") && lossy.len() == 2, "{lossy:?}");
}

#[test]
fn async_locks_taken_in_opposite_orders_deadlock() {
    let program = || {
        let (left, right) = (Arc::new(future::Mutex::new(())), Arc::new(future::Mutex::new(())));
        let locks = |first: Arc<future::Mutex<()>>, second: Arc<future::Mutex<()>>| async move {
            let _first = first.lock().await;
            let _second = second.lock().await;
        };
        let one = task::spawn(locks(Arc::clone(&left), Arc::clone(&right)));
        let other = task::spawn(locks(right, left));
        let _ = task::block_on(async { (one.await, other.await) });
    };
    let endings = endings(300, program);
    assert!(endings.contains("completed"), "{endings:?}");
    assert!(
        endings.iter().any(|ending| ending.contains("task 1 waits to lock mutex")),
        "{endings:?}"
    );
}
