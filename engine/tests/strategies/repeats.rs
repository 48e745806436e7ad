//! The same seed gives the same schedules, however much was learned.

use std::sync::Arc;

use engine::{Controlled, Limits, Program, strategy::StrategyKind, trace::Trace};

/// The bounded buffer without its bug: branches, a condition variable, and wake-ups to choose from.
fn program() -> Program {
    let fixed = corpus::ALL.iter().find(|program| program.name == "bounded_buffer");
    Arc::new(fixed.and_then(|program| program.fixed).expect("the corpus has it"))
}

fn engine(strategy: StrategyKind, seed: u64) -> Controlled {
    Controlled::new(strategy.build(seed), Limits::default())
}

fn trace(engine: &mut Controlled, number: u64) -> Trace {
    engine.run(&program(), number);
    engine.trace()
}

#[test]
fn the_same_seed_gives_the_same_traces() {
    for strategy in StrategyKind::ALL {
        let traces = |seed| {
            let mut engine = engine(strategy, seed);
            (0..60).map(|number| trace(&mut engine, number)).collect::<Vec<_>>()
        };
        assert_eq!(traces(1), traces(1), "{strategy}");
        assert_ne!(traces(1), traces(2), "{strategy}");
    }
}

#[test]
fn after_the_lessons_an_execution_depends_on_its_number_alone() {
    for strategy in StrategyKind::ALL {
        let learned = || {
            let mut engine = engine(strategy, 9);
            for lesson in 0..engine.lessons() {
                engine.run(&program(), lesson);
            }
            engine
        };
        let (mut one, mut other) = (learned(), learned());
        for number in [5000, 1200, 7003] {
            trace(&mut other, number);
        }
        for number in 3000..3030 {
            assert_eq!(trace(&mut one, number), trace(&mut other, number), "{strategy} {number}");
        }
    }
}
