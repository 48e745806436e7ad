//! The same seed gives the same schedules, however much was learned.

use std::sync::Arc;

use engine::{
    Controlled, Limits, Program,
    strategy::{Choices, Strategy, StrategyKind},
    trace::Trace,
};
use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    control::TaskId,
    thread,
};

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

/// A strategy that lends nothing, so that it is asked each time.
struct Asked(Box<dyn Strategy>);

impl Strategy for Asked {
    fn begin(&mut self, execution: u64) -> bool {
        self.0.begin(execution)
    }

    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        self.0.choose(choices)
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        self.0.pick(alternatives)
    }

    fn may_wake_spuriously(&mut self) -> bool {
        self.0.may_wake_spuriously()
    }
}

/// One after the other of nine tasks waits for its turn, and spins meanwhile.
fn spin() {
    let turn = AtomicUsize::new(0);
    let turn = &turn;
    thread::scope(|scope| {
        for mine in 0..9 {
            scope.spawn(move || {
                while turn.load(SeqCst) != mine {
                    thread::yield_now();
                }
                turn.fetch_add(1, SeqCst);
            });
        }
    });
}

#[test]
fn what_a_strategy_lends_decides_as_it_would() {
    let lent = StrategyKind::Pct.build(3).lend();
    assert!(lent.is_none(), "it lends in an execution, and none has begun");
    let spin: Program = Arc::new(spin);
    // Whoever spins and comes first does so until the others have waited for too long.
    for (program, least) in [(program(), 40), (spin, 1000)] {
        let build = || StrategyKind::Pct.build(3);
        let mut lending = Controlled::new(build(), Limits::default());
        let mut asked = Controlled::new(Box::new(Asked(build())), Limits::default());
        let mut longest = 0;
        for number in 0..1100 {
            let run = lending.run(&program, number);
            assert_eq!(run, asked.run(&program, number), "{number}");
            assert_eq!(lending.trace(), asked.trace(), "{number}");
            longest = longest.max(run.map_or(0, |run| run.steps));
        }
        assert!(longest > least, "it takes {longest} steps");
    }
}
