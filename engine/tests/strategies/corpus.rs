//! The corpus: each bug is found, and no twin is taken for wrong.

use std::sync::Arc;

use corpus::{Bug, Program, with_twins};
use engine::{Checker, Controlled, Limits, Outcome, Replayer, strategy::StrategyKind};
use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    control::{self, Kind, Note, Resource},
    thread,
};

use super::outcomes;

/// How `program` fails first under the default strategy.
#[track_caller]
fn failure(program: &Program, seed: u64) -> Outcome {
    let mut outcomes = outcomes(StrategyKind::Mix, seed, 10_000, program.wrong);
    let failure = outcomes.find(|outcome| *outcome != Outcome::Completed);
    failure.unwrap_or_else(|| panic!("{} is not found with seed {seed}", program.name))
}

#[test]
fn every_bug_is_found_and_is_of_its_kind() {
    for program in with_twins() {
        for seed in 0..3 {
            let failure = failure(program, seed);
            let is_its_kind = match program.bug {
                Bug::Deadlock => matches!(failure, Outcome::Deadlock(_)),
                _ => matches!(failure, Outcome::Panicked(_)),
            };
            assert!(is_its_kind, "{}: {failure:?}", program.name);
        }
    }
}

#[test]
fn whatever_is_found_is_made_short_and_comes_again() {
    for program in with_twins() {
        let checker = Checker::default();
        let wrong: engine::Program = Arc::new(program.wrong);
        let failure = checker.check(&wrong).failure.expect(program.name);
        let (preemptions, steps) = (failure.preempted.len(), failure.trace.steps.len());
        assert!(failure.repeats && preemptions <= 2 && steps <= 60, "{failure}");
        let mut replayer = Replayer::new(checker.limits);
        let (run, witness) = replayer.run(&wrong, failure.guide());
        assert_eq!((run.outcome, witness.misfit), (failure.outcome, None), "{}", program.name);
        assert_eq!(replayer.trace().steps, failure.trace.steps, "{}", program.name);
    }
}

#[test]
fn bystanders_hide_nothing() {
    for program in with_twins().filter(|program| !program.name.ends_with("00")) {
        let wrong = program.wrong;
        for among in [corpus::padded::alone, corpus::padded::together] {
            let mut outcomes = outcomes(StrategyKind::Mix, 1, 10_000, move || among(wrong));
            assert!(outcomes.any(|outcome| outcome != Outcome::Completed), "{}", program.name);
        }
    }
}

#[test]
fn whoever_must_come_last_soon_does_however_much_the_others_do() {
    let last = || {
        let count = AtomicUsize::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..1000 {
                    count.fetch_add(1, SeqCst);
                }
            });
            scope.spawn(|| assert!(count.load(SeqCst) < 1000, "it came last"));
        });
    };
    for seed in 0..20 {
        let mut outcomes = outcomes(StrategyKind::Mix, seed, 14, last);
        assert!(outcomes.any(|outcome| outcome != Outcome::Completed), "seed {seed}");
    }
}

#[test]
fn whoever_is_seen_to_come_soon_comes_after_others_are_done() {
    let alone = || {
        let (log, shared) = (Resource::new(Kind::Log), Mutex::new(()));
        let arrived = std::sync::atomic::AtomicUsize::new(0);
        let comes = || {
            arrived.fetch_add(1, SeqCst);
            control::note(Note::Freed, &log);
            drop(shared.lock());
            assert_eq!(arrived.load(SeqCst), 2, "it was alone");
        };
        thread::scope(|scope| {
            scope.spawn(comes);
            scope.spawn(comes);
        });
    };
    for seed in 0..20 {
        let mut outcomes = outcomes(StrategyKind::Mix, seed, 5, alone);
        assert!(outcomes.any(|outcome| outcome != Outcome::Completed), "seed {seed}");
    }
}

/// How many executions of a fixed twin are looked at.
const EXECUTIONS: u64 = 1500;

/// And how many steps, if those are fewer: a hundred tasks take their time.
const STEPS: usize = 40_000;

#[test]
fn no_strategy_takes_a_fixed_twin_for_wrong() {
    for program in with_twins() {
        let fixed = program.fixed.expect("every program of the list has a twin");
        for strategy in StrategyKind::ALL {
            let mut engine = Controlled::new(strategy.build(7), Limits::default());
            let (mut number, mut steps) = (0, 0);
            while number < EXECUTIONS && steps < STEPS {
                let run = engine.run(&(Arc::new(fixed) as engine::Program), number);
                let run = run.expect("no strategy comes to an end");
                let name = program.name;
                assert_eq!(run.outcome, Outcome::Completed, "{name}, {strategy}, {number}");
                (number, steps) = (number + 1, steps + run.steps);
            }
        }
    }
}
