//! Virtual time: it passes when nobody can move, and only where a program has asked for it.

use std::time::Duration;

use sync::{
    Semaphore,
    atomic::{AtomicBool, Ordering::SeqCst},
    future, task, thread, time,
};

use super::{endings, set};

const NAP: Duration = Duration::from_millis(15);

/// Ends by a panic that says how much time has passed, so that an ending tells it.
fn tell_time() {
    panic!("{:?}", time::elapsed());
}

#[test]
fn no_time_is_kept_unless_a_program_asks_for_it() {
    let program = || {
        thread::sleep(NAP);
        tell_time();
    };
    assert_eq!(endings(10, program), set(["main: None"]));
}

#[test]
fn sleeps_that_overlap_take_as_long_as_the_longest() {
    let program = || {
        assert!(time::keep());
        thread::scope(|scope| {
            for naps in 1..=3 {
                scope.spawn(move || thread::sleep(NAP * naps));
            }
        });
        tell_time();
    };
    assert_eq!(endings(100, program), set(["main: Some(45ms)"]));
}

#[test]
fn sleeps_that_follow_each_other_take_as_long_as_all() {
    let program = || {
        time::keep();
        let turns = Semaphore::new(1);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    turns.acquire();
                    thread::sleep(NAP);
                    turns.release();
                });
            }
        });
        tell_time();
    };
    assert_eq!(endings(100, program), set(["main: Some(45ms)"]));
}

#[test]
fn an_async_sleep_takes_as_long_as_it_says() {
    let program = || {
        time::keep();
        let sleepers = [1, 2].map(|naps| task::spawn(future::sleep(NAP * naps)));
        for sleeper in sleepers {
            task::block_on(sleeper).expect("sleeping does not panic");
        }
        tell_time();
    };
    assert_eq!(endings(100, program), set(["main: Some(30ms)"]));
}

#[test]
fn whoever_is_awake_at_the_same_time_may_go_first() {
    let program = || {
        time::keep();
        let first = AtomicBool::new(true);
        thread::scope(|scope| {
            for number in 1..=2 {
                let first = &first;
                scope.spawn(move || {
                    thread::sleep(NAP);
                    assert!(!first.swap(false, SeqCst), "{number}");
                });
            }
        });
    };
    assert_eq!(endings(100, program), set(["task 1: 1", "task 2: 2"]));
}

#[test]
fn nobody_moves_after_a_sleep_that_somebody_awake_could_have_moved_before() {
    let program = || {
        time::keep();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                (0..50).for_each(|_| thread::yield_now());
                done.store(true, SeqCst);
            });
            thread::sleep(NAP);
            assert!(done.load(SeqCst), "time has passed while somebody could move");
        });
    };
    assert_eq!(endings(200, program), set(["completed"]));
}

#[test]
fn time_passes_while_somebody_spins() {
    let program = || {
        time::keep();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(NAP);
                done.store(true, SeqCst);
            });
            while !done.load(SeqCst) {
                thread::yield_now();
            }
        });
        tell_time();
    };
    assert_eq!(endings(20, program), set(["main: Some(15ms)"]));
}

#[test]
fn nobody_sleeping_is_still_a_deadlock() {
    let program = || {
        time::keep();
        thread::sleep(NAP);
        Semaphore::new(0).acquire();
    };
    assert_eq!(endings(10, program), set(["main waits for a permit of semaphore #0"]));
}
