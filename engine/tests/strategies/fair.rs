//! A task that spins, and is right, is never starved into a livelock.

use std::sync::Arc;

use engine::{Outcome, strategy::StrategyKind};
use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

use super::outcomes;

#[track_caller]
fn completes(executions: u64, program: fn()) {
    for strategy in StrategyKind::ALL {
        for (number, outcome) in outcomes(strategy, 3, executions, program).enumerate() {
            assert_eq!(outcome, Outcome::Completed, "{strategy}, {number}");
        }
    }
}

/// Two tasks take turns, `rounds` times each, and spin until it is theirs.
fn take_turns(rounds: usize) {
    let turn = AtomicUsize::new(0);
    let turn = &turn;
    thread::scope(|scope| {
        for mine in 0..2 {
            scope.spawn(move || {
                for _ in 0..rounds {
                    while turn.load(SeqCst) % 2 != mine {
                        thread::yield_now();
                    }
                    turn.fetch_add(1, SeqCst);
                }
            });
        }
    });
}

#[test]
fn tasks_that_spin_for_each_other_get_on() {
    completes(200, || take_turns(10));
}

#[test]
fn a_task_that_spins_under_a_lock_lets_the_other_have_it() {
    completes(200, || {
        let is_done = Arc::new(Mutex::new(false));
        let done = Arc::clone(&is_done);
        drop(thread::spawn(move || *done.lock() = true));
        while !*is_done.lock() {
            std::hint::spin_loop();
        }
    });
}

#[test]
fn many_spinners_do_not_keep_each_other_busy_for_ever() {
    completes(50, || {
        let arrived = AtomicUsize::new(0);
        let arrived = &arrived;
        thread::scope(|scope| {
            for _ in 0..5 {
                scope.spawn(move || {
                    arrived.fetch_add(1, SeqCst);
                    while arrived.load(SeqCst) < 5 {
                        thread::yield_now();
                    }
                });
            }
        });
    });
}

#[test]
fn a_task_that_waits_for_ever_is_a_livelock_under_every_strategy() {
    for strategy in StrategyKind::ALL {
        let spin = || {
            let never = AtomicUsize::new(0);
            while never.load(SeqCst) == 0 {}
        };
        let outcome = outcomes(strategy, 0, 1, spin).next();
        assert!(matches!(outcome, Some(Outcome::StepLimit(_))), "{strategy}: {outcome:?}");
    }
}
