//! How programs end.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use engine::Limits;
use sync::{
    Condvar, Mutex, Semaphore,
    channel::unbounded,
    control::{Controller, TaskId, current},
    thread,
};

use super::{endings, endings_within, of_opposite_orders, set};

#[test]
fn opposite_lock_orders_deadlock_or_not() {
    let program = || {
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
    };
    assert_eq!(endings(300, program), of_opposite_orders());
}

#[test]
fn one_lock_order_never_deadlocks() {
    let program = || {
        let (left, right) = (Mutex::new(()), Mutex::new(()));
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let _left = left.lock();
                    let _right = right.lock();
                });
            }
        });
    };
    assert_eq!(endings(500, program), set(["completed"]));
}

#[test]
fn locking_twice_waits_for_oneself() {
    let program = || {
        let mutex = Mutex::new(());
        let _first = mutex.lock();
        let _second = mutex.lock();
    };
    assert_eq!(endings(1, program), set(["main waits to lock mutex #0"]));
}

#[test]
fn a_panic_is_told_with_its_task_and_ends_the_execution() {
    let program = || {
        let gate = Arc::new(Semaphore::new(0));
        let other = Arc::clone(&gate);
        drop(thread::spawn_named(Some("waiter".into()), move || other.acquire()));
        let culprit = thread::spawn_named(Some("culprit".into()), || panic!("on purpose"));
        drop(culprit.join());
    };
    assert_eq!(endings(50, program), set(["culprit: on purpose"]));
}

#[test]
fn a_panic_with_a_guard_held_unlocks() {
    let program = || {
        let mutex = Mutex::new(());
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _guard = mutex.lock();
            std::panic::resume_unwind(Box::new("quiet"));
        }));
        assert!(caught.is_err());
        drop(mutex.lock());
    };
    assert_eq!(endings(1, program), set(["completed"]));
}

#[test]
fn spinning_for_ever_reaches_the_step_limit() {
    let limits = Limits { steps: 1000, ..Limits::default() };
    let program = || loop {
        thread::yield_now();
    };
    assert_eq!(endings_within(limits, 1, program), set(["not over after 1000 steps"]));
}

#[test]
fn a_correct_spinner_ends() {
    let program = || {
        let flag = Arc::new(sync::atomic::AtomicBool::new(false));
        let set = Arc::clone(&flag);
        let setter = thread::spawn(move || set.store(true, sync::atomic::Ordering::Release));
        while !flag.load(sync::atomic::Ordering::Acquire) {
            sync::hint::spin_loop();
        }
        setter.join().expect("storing does not panic");
    };
    assert_eq!(endings(500, program), set(["completed"]));
}

#[test]
fn what_a_detached_task_returns_is_dropped_when_it_ends() {
    let program = || {
        let (sender, receiver) = unbounded::<()>();
        // The handle goes at once, so the sender that the task returns has no owner left.
        drop(thread::spawn(move || sender));
        assert!(receiver.recv().is_err(), "the last sender is gone");
    };
    assert_eq!(endings(50, program), set(["completed"]));
}

#[test]
fn abandoned_tasks_drop_what_they_own() {
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Relaxed);
        }
    }
    let drops = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&drops);
    let program = move || {
        let gate = Arc::new(Semaphore::new(0));
        for _ in 0..3 {
            let (gate, owned) = (Arc::clone(&gate), Counted(Arc::clone(&counter)));
            drop(thread::spawn(move || {
                gate.acquire();
                drop(owned);
            }));
        }
    };
    assert_eq!(endings(20, program).len(), 1, "every execution is the same deadlock");
    assert_eq!(drops.load(Relaxed), 60);
}

#[test]
fn a_task_that_waits_while_it_unwinds_harms_nobody() {
    struct Locks(Arc<Mutex<()>>);
    impl Drop for Locks {
        fn drop(&mut self) {
            drop(self.0.lock());
        }
    }
    let program = || {
        let (mutex, gate) = (Arc::new(Mutex::new(())), Arc::new(Condvar::new()));
        let locks = Locks(Arc::clone(&mutex));
        let (held, never) = (Arc::clone(&mutex), Arc::clone(&gate));
        drop(thread::spawn(move || {
            let _guard = held.lock();
            let other = Mutex::new(());
            never.wait(&mut other.lock());
        }));
        let own = Mutex::new(());
        gate.wait(&mut own.lock());
        drop(locks);
    };
    let endings = endings(50, program);
    assert!(!endings.contains("completed"), "{endings:?}");
}

/// Main holds a mutex that another task wants while it `unwinds`.
fn wants_a_mutex_while_it(unwinds: fn()) -> impl Fn() + Send + Sync + 'static {
    struct Locks(Arc<Mutex<()>>);
    impl Drop for Locks {
        fn drop(&mut self) {
            drop(self.0.lock());
        }
    }
    move || {
        let mutex = Arc::new(Mutex::new(()));
        let locks = Locks(Arc::clone(&mutex));
        let _guard = mutex.lock();
        let other = thread::spawn(move || {
            let _locks = locks;
            unwinds();
        });
        drop(other.join());
    }
}

#[test]
fn a_task_that_panics_and_waits_while_it_unwinds_harms_nobody() {
    // The OS thread is taken to unwind for ever after: the later executions are as the first one.
    let program = wants_a_mutex_while_it(|| panic!("told"));
    assert_eq!(endings(20, program), set(["task 1: told"]));
}

#[test]
fn nor_does_one_of_whose_panic_nobody_was_told() {
    let program = wants_a_mutex_while_it(|| resume_unwind(Box::new("untold")));
    assert_eq!(endings(1, program), set(["task 1: it unwound, and told nobody why"]));
}

#[test]
fn whoever_is_given_up_while_it_unwinds_spoils_no_later_execution() {
    struct Waits(Semaphore);
    impl Drop for Waits {
        fn drop(&mut self) {
            self.0.acquire();
        }
    }
    let gives_up = || {
        let _waits = Waits(Semaphore::new(0));
        Semaphore::new(0).acquire();
    };
    assert_eq!(endings(3, gives_up), set(["main waits for a permit of semaphore #0"]));
    assert!(std::thread::panicking(), "this OS thread is taken to unwind from here on");
    let races = || {
        let (left, right) = (Mutex::new(()), Mutex::new(()));
        thread::scope(|scope| {
            scope.spawn(|| drop((left.lock(), right.lock())));
            scope.spawn(|| drop((right.lock(), left.lock())));
        });
    };
    let outcomes = endings(300, races);
    assert_eq!(outcomes.len(), 3, "one deadlock for each who comes first, or none: {outcomes:?}");
    assert_eq!(endings(20, || panic!("told")), set(["main: told"]));
    let catches = || {
        let (mutex, gate) = (Mutex::new(()), Semaphore::new(0));
        let _ = catch_unwind(AssertUnwindSafe(|| gate.acquire()));
        loop {
            let _ = catch_unwind(AssertUnwindSafe(|| drop(mutex.lock())));
        }
    };
    assert_eq!(endings(3, catches), set(["main waits for a permit of semaphore #0"]));
    assert_eq!(endings(3, gives_up), set(["main waits for a permit of semaphore #0"]));
}

#[test]
fn a_sleeper_whose_mutex_is_held_harms_nobody() {
    let program = || {
        let shared = Arc::new((Mutex::new(false), Condvar::new(), Semaphore::new(0)));
        let other = Arc::clone(&shared);
        let sleeps = thread::spawn(move || {
            let mut guard = other.0.lock();
            while !*guard {
                other.1.wait(&mut guard);
            }
        });
        while !shared.2.try_acquire() {
            let _guard = shared.0.lock();
            shared.2.acquire();
        }
        drop(sleeps);
    };
    let endings = endings(50, program);
    assert!(!endings.contains("completed"), "{endings:?}");
}

#[test]
fn many_tasks_fit() {
    let program = || {
        let count = Arc::new(Mutex::new(0));
        let spawn = |_| {
            let count = Arc::clone(&count);
            thread::spawn(move || *count.lock() += 1)
        };
        let tasks: Vec<_> = (0..300).map(spawn).collect();
        for task in tasks {
            task.join().expect("adding does not panic");
        }
        assert_eq!(*count.lock(), 300);
    };
    assert_eq!(endings(3, program), set(["completed"]));
}

#[test]
fn a_result_that_nobody_asks_for_is_dropped_by_its_task() {
    struct Tells<'a>(&'a Mutex<Vec<TaskId>>);
    impl Drop for Tells<'_> {
        fn drop(&mut self) {
            self.0.lock().extend(current().map(Controller::task));
        }
    }
    let program = || {
        let dropped_by = Mutex::new(Vec::new());
        thread::scope(|scope| {
            scope.spawn(|| Tells(&dropped_by));
            drop(scope.spawn(|| Tells(&dropped_by)).join());
        });
        let mut dropped_by = dropped_by.into_inner();
        dropped_by.sort_unstable();
        assert_eq!(dropped_by, [0, 1], "main asked for one of them");
    };
    assert_eq!(endings(50, program), set(["completed"]));
}
