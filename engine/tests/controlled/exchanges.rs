//! A weak compare-exchange may fail for no reason: whoever tries again is right, and is never starved.

use std::sync::{Arc, atomic::Ordering::SeqCst};

use engine::{Controlled, Limits, Outcome, Program, Verifier, strategy::StrategyKind, verify::End};
use sync::{atomic::AtomicUsize, thread};

use crate::{endings, endings_within, set};

const CALM: Limits = Limits { steps: 200_000, spurious: false, weak_memory: false };

/// Two tasks add to a number, each in a loop around a weak exchange.
fn add_in_loops() {
    let number = AtomicUsize::new(0);
    let add = || {
        let mut now = number.load(SeqCst);
        while let Err(other) = number.compare_exchange_weak(now, now + 1, SeqCst, SeqCst) {
            now = other;
        }
    };
    thread::scope(|scope| {
        scope.spawn(add);
        scope.spawn(add);
    });
    assert_eq!(number.load(SeqCst), 2);
}

/// Tries so many times to set a number that nobody else touches, and says when it did.
fn set_alone(tries: usize) {
    let number = AtomicUsize::new(0);
    let set = || number.compare_exchange_weak(0, 1, SeqCst, SeqCst);
    match (0..tries).position(|_| set().is_ok()) {
        Some(failures) => panic!("{failures} failures"),
        None => panic!("{tries} failures in a row"),
    }
}

#[test]
fn an_exchange_may_fail_for_no_reason_and_not_twice_in_a_row() {
    let both = set(["main: 0 failures", "main: 1 failures"]);
    assert_eq!(endings(200, || set_alone(5)), both);
}

#[test]
fn a_failure_gives_the_value_that_was_expected() {
    let ends = endings(200, || {
        let number = AtomicUsize::new(7);
        let answer = number.compare_exchange_weak(7, 8, SeqCst, SeqCst);
        panic!("{answer:?} of {}", number.load(SeqCst));
    });
    assert_eq!(ends, set(["main: Err(7) of 7", "main: Ok(7) of 8"]));
}

#[test]
fn nothing_fails_for_no_reason_where_nothing_may() {
    let never = set(["main: 0 failures"]);
    assert_eq!(endings_within(CALM, 200, || set_alone(5)), never);
}

#[test]
fn a_strong_exchange_fails_for_a_reason_only() {
    let ends = endings(200, || {
        let number = AtomicUsize::new(0);
        assert_eq!(number.compare_exchange(0, 1, SeqCst, SeqCst), Ok(0));
    });
    assert_eq!(ends, set(["completed"]));
}

#[test]
fn whoever_tries_again_is_right_under_every_strategy() {
    let program: Program = Arc::new(add_in_loops);
    // As many steps as two loops take that fail once for each success, of either task.
    let limits = Limits { steps: 40, ..Limits::default() };
    for kind in StrategyKind::ALL {
        let mut engine = Controlled::new(kind.build(1), limits);
        for number in 0..500 {
            let run = engine.run(&program, number).expect("a walk never ends");
            assert_eq!(run.outcome, Outcome::Completed, "{kind} {number}");
        }
    }
}

#[test]
fn a_search_is_as_long_as_if_nothing_failed_for_no_reason() {
    let program: Program = Arc::new(add_in_loops);
    let [often, never] = [Limits::default(), CALM].map(|limits| {
        let verifier = Verifier { limits, ..Verifier::default() };
        let found = verifier.verify(&program);
        assert_eq!(found.survey.end, End::Exhausted);
        found.survey.coverage.classes()
    });
    assert_eq!(often, never);
}
