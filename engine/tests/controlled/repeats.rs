//! One seed decides everything, and classes are what they should be.

use std::sync::Arc;

use engine::{Controlled, Coverage, Limits, Outcome, Program, strategy::Random};
use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

fn engine(seed: u64) -> Controlled {
    Controlled::new(Box::new(Random::new(seed)), Limits { spurious: false, ..Limits::default() })
}

/// `tasks` tasks, each of which adds to a counter of its own or to a common one `times` times.
fn adders(tasks: usize, times: usize, common: bool) -> Program {
    Arc::new(move || {
        let counters: Arc<Vec<_>> = Arc::new((0..tasks).map(|_| AtomicUsize::new(0)).collect());
        let adder = |task: usize| {
            let counters = Arc::clone(&counters);
            let counter = if common { 0 } else { task };
            thread::spawn(move || {
                for _ in 0..times {
                    counters[counter].fetch_add(1, SeqCst);
                }
            })
        };
        let adders: Vec<_> = (0..tasks).map(adder).collect();
        for adder in adders {
            adder.join().expect("adding does not panic");
        }
    })
}

fn classes(program: &Program, executions: u64) -> u64 {
    let (mut engine, mut coverage) = (engine(1), Coverage::default());
    for number in 0..executions {
        let run = engine.run(program, number).expect("a walk never ends");
        assert_eq!(run.outcome, Outcome::Completed);
        coverage.see(engine.class());
    }
    coverage.classes()
}

#[test]
fn the_same_seed_and_number_give_the_same_trace() {
    let program = adders(3, 4, true);
    let trace = |seed, number| {
        let mut engine = engine(seed);
        engine.run(&program, number);
        engine.trace()
    };
    // Also when the engine has run other executions before.
    let mut busy = engine(7);
    for number in 0..20 {
        busy.run(&program, number);
        assert_eq!(busy.trace(), trace(7, number));
    }
    assert_ne!(trace(7, 0), trace(7, 1));
    assert_ne!(trace(7, 0), trace(8, 0));
}

#[test]
fn independent_tasks_have_one_class() {
    assert_eq!(classes(&adders(3, 3, false), 500), 1);
}

#[test]
fn dependent_tasks_have_a_class_for_each_order() {
    // (2 + 2 + 2)! ÷ (2! · 2! · 2!) orders of six additions to one counter.
    assert_eq!(classes(&adders(3, 2, true), 20_000), 90);
}
