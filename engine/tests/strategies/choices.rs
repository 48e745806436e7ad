//! Whatever may happen beside the order of steps is up to every strategy too.

use std::sync::Arc;

use engine::{Outcome, strategy::StrategyKind};
use sync::{Barrier, Condvar, Mutex, channel::unbounded, thread};

use super::outcomes;

/// Under each strategy `program` ends in a panic that says `word`, for each of `words`.
#[track_caller]
fn says(words: &[&str], program: impl Fn() + Copy + Send + Sync + 'static) {
    for strategy in StrategyKind::ALL {
        let messages: Vec<String> = outcomes(strategy, 5, 400, program)
            .filter_map(|outcome| match outcome {
                Outcome::Panicked(panic) => Some(panic.message),
                _ => None,
            })
            .collect();
        for word in words {
            assert!(messages.iter().any(|said| said == word), "{strategy} never says {word}");
        }
    }
}

#[test]
fn a_notification_wakes_any_waiter() {
    says(&["1", "2", "3"], || {
        let (state, changed) = (Arc::new(Mutex::new((0, false))), Arc::new(Condvar::new()));
        for number in 1..=3 {
            let (state, changed) = (Arc::clone(&state), Arc::clone(&changed));
            drop(thread::spawn(move || {
                let mut state = state.lock();
                state.0 += 1;
                while !state.1 {
                    changed.wait(&mut state);
                }
                panic!("{number}");
            }));
        }
        while state.lock().0 < 3 {
            thread::yield_now();
        }
        state.lock().1 = true;
        changed.notify_one();
    });
}

#[test]
fn a_wait_may_end_for_no_reason() {
    says(&["woken for no reason"], || {
        let (ready, changed) = (Arc::new(Mutex::new(false)), Arc::new(Condvar::new()));
        let (set, notify) = (Arc::clone(&ready), Arc::clone(&changed));
        drop(thread::spawn(move || {
            *set.lock() = true;
            notify.notify_one();
        }));
        let mut ready = ready.lock();
        if !*ready {
            changed.wait(&mut ready);
        }
        assert!(*ready, "woken for no reason");
    });
}

#[test]
fn messages_of_two_senders_come_in_any_order() {
    says(&["[1, 2]", "[2, 1]"], || {
        let (sender, receiver) = unbounded();
        for number in [1, 2] {
            let sender = sender.clone();
            drop(thread::spawn(move || sender.send(number)));
        }
        drop(sender);
        panic!("{:?}", receiver.iter().collect::<Vec<_>>());
    });
}

#[test]
fn anybody_may_leave_a_barrier_first() {
    says(&["1", "2", "3"], || {
        let barrier = Arc::new(Barrier::new(3));
        for number in 1..=3 {
            let barrier = Arc::clone(&barrier);
            drop(thread::spawn(move || {
                barrier.wait();
                panic!("{number}");
            }));
        }
    });
}
