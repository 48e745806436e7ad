//! Exhaustive search: it meets what plain depth-first search meets, and no class twice.
//!
//! `ENGINE_PROGRAMS=10 cargo test --release -p engine --test controlled exhaustive::` compares ten times
//! as many programs, which may be five times as long.

mod awaiting;
mod chosen;
mod counting;
mod generated;

use std::collections::{BTreeMap, BTreeSet};

use engine::{
    Controlled, Limits, Outcome, Program,
    analysis::Callbacks,
    strategy::{Exhaustive, Reduction, Search},
};

use self::{
    awaiting::Awaiting,
    counting::Counting,
    generated::{Generated, Kind, Observed},
};
use super::tell;

/// What an exhaustive search has met.
#[derive(Debug, Default)]
struct Met {
    /// How it ended and how often, by class.
    classes: BTreeMap<(u64, String), usize>,
    given_up: usize,
}

impl Met {
    fn see(&mut self, class: u64, outcome: &Outcome) {
        if *outcome == Outcome::GivenUp {
            self.given_up += 1;
        } else {
            *self.classes.entry((class, ending(outcome))).or_default() += 1;
        }
    }

    fn has_failed(&self) -> bool {
        self.classes.keys().any(|(_, ending)| ending != "completed")
    }

    fn add(&mut self, other: Self) {
        self.given_up += other.given_up;
        for (class, times) in other.classes {
            *self.classes.entry(class).or_default() += times;
        }
    }
}

/// How an execution ended, in words that are the same throughout its class.
fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Deadlock(blocked) => {
            let waiting: Vec<_> = blocked.iter().map(|blocked| blocked.name.as_str()).collect();
            format!("{} wait", waiting.join(", "))
        }
        other => tell(other),
    }
}

/// Waits end only when notified, or for no reason too.
const BOTH: [Limits; 2] = [
    Limits { steps: 200_000, spurious: false, weak_memory: false },
    Limits { steps: 200_000, spurious: true, weak_memory: false },
];

/// Runs all of `program`; nothing if that takes more than `most` executions.
fn search(strategy: Exhaustive, limits: Limits, program: &Program, most: u64) -> Option<Met> {
    let mut engine = Controlled::new(Box::new(strategy), limits);
    let mut met = Met::default();
    for execution in 0..most {
        let Some(run) = engine.run(program, execution) else { return Some(met) };
        met.see(engine.class(), &run.outcome);
    }
    None
}

/// How many executions there are to compare, and how many were given up.
#[derive(Debug, Default)]
struct Sum {
    programs: u64,
    executions: usize,
    given_up: usize,
    /// The seeds of those of which a class was met more than once.
    repeated: Vec<u64>,
}

impl Sum {
    /// Sees that no class was met twice, and that few executions were given up.
    #[track_caller]
    fn is_lean(&self) {
        assert!(self.repeated.is_empty() && self.given_up * 10 <= self.executions, "{self:?}");
    }
}

/// How many programs to compare, and how many executions each may take.
fn extent(programs: u64, most: u64) -> (u64, u64) {
    let times = std::env::var("ENGINE_PROGRAMS").ok().and_then(|times| times.parse().ok());
    match times.unwrap_or(1) {
        0 | 1 => (programs, most),
        times => (programs * times, most * 5),
    }
}

/// Compares both searches over generated programs until `programs` are compared: those that plain
/// search needs no more than `most` executions for.
#[track_caller]
fn compare<P: std::fmt::Debug>(
    draw: impl Fn(u64) -> (P, Program),
    limits: Limits,
    programs: u64,
    most: u64,
) -> Sum {
    let (programs, most) = extent(programs, most);
    let mut sum = Sum::default();
    for seed in 0.. {
        if sum.programs == programs {
            break;
        }
        let (generated, program) = draw(seed);
        let plain = search(Exhaustive::new(Reduction::None), limits, &program, most);
        let Some(all) = plain else { continue };
        let one_each = search(Exhaustive::new(Reduction::Classes), limits, &program, most);
        let one_each = one_each.expect("a reduced search is no longer than a plain one");
        if limits.spurious && all.has_failed() {
            // Nobody wakes for no reason where nobody else can move: that is a deadlock, and found.
            assert!(one_each.has_failed(), "seed {seed}: {generated:?}");
            sum.programs += 1;
            continue;
        }
        let (expected, found): (Vec<_>, Vec<_>) =
            (all.classes.keys().collect(), one_each.classes.keys().collect());
        assert_eq!(found, expected, "seed {seed}, {limits:?}: {generated:?}");
        if one_each.classes.values().any(|&times| times > 1) {
            sum.repeated.push(seed);
        }
        sum.programs += 1;
        sum.executions += one_each.classes.len();
        sum.given_up += one_each.given_up;
    }
    sum
}

/// Programs of `kind`.
fn of(kind: Kind) -> impl Fn(u64) -> (Generated, Program) {
    move |seed| {
        let generated = Generated::new(seed, kind);
        let program = generated.program();
        (generated, program)
    }
}

#[test]
fn it_meets_every_class_that_depth_first_search_meets() {
    compare(of(Kind::Plain), BOTH[0], 3400, 100).is_lean();
}

#[test]
fn so_it_does_where_permits_and_messages_are_counted() {
    let draw = |seed| {
        let counting = Counting::new(seed);
        let program = counting.program();
        (counting, program)
    };
    compare(draw, BOTH[0], 3400, 100).is_lean();
}

#[test]
fn so_it_does_with_primitives_of_every_kind() {
    compare(of(Kind::All), BOTH[0], 3400, 100).is_lean();
}

#[test]
fn so_it_does_when_tasks_await() {
    let draw = |seed| {
        let awaiting = Awaiting::new(seed);
        let (program, _) = awaiting.observed();
        (awaiting, program)
    };
    // What is polled again may show nothing new, in a class that has been met.
    compare(draw, BOTH[0], 1000, 100);
}

#[test]
fn so_it_does_when_waits_may_end_for_no_reason() {
    compare(of(Kind::All), BOTH[1], 3400, 100).is_lean();
}

/// What all executions of a strategy show.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    /// How they end, and what their tasks have seen.
    ends: BTreeSet<(String, Vec<Vec<usize>>)>,
    /// Whether one of them has a race.
    has_race: bool,
}

impl Shown {
    fn has_failed(&self) -> bool {
        self.ends.iter().any(|(end, _)| end != "completed")
    }
}

/// What all executions of `strategy` show; nothing if there are more than `most`.
fn shown(
    strategy: Exhaustive,
    limits: Limits,
    (program, observed): &(Program, Observed),
    most: u64,
) -> Option<Shown> {
    let mut engine = Controlled::new(Box::new(strategy), limits);
    let mut shown = Shown::default();
    for execution in 0..most {
        let Some(run) = engine.run(program, execution) else { return Some(shown) };
        if run.outcome != Outcome::GivenUp {
            shown.ends.insert((ending(&run.outcome), observed.take()));
            shown.has_race |= engine.race(Callbacks::Free).is_some();
        }
    }
    None
}

/// Compares what is shown by all executions and by those that go on from states not met before, over
/// what `draw` draws until `programs` are compared.
#[track_caller]
fn compare_states<P: std::fmt::Debug>(
    draw: impl Fn(u64) -> (P, (Program, Observed)),
    limits: Limits,
    programs: u64,
    most: u64,
) {
    let (programs, most) = extent(programs, most);
    let mut compared = 0;
    for seed in 0.. {
        if compared == programs {
            break;
        }
        let (generated, program) = draw(seed);
        let plain = shown(Exhaustive::new(Reduction::None), limits, &program, most);
        let Some(all) = plain else { continue };
        let states = Exhaustive::new(Reduction::States(Callbacks::Ordered));
        let merged = shown(states, limits, &program, u64::MAX).expect("there is no limit");
        if limits.spurious && all.has_failed() {
            // Nobody wakes for no reason where nobody else can move: that is a deadlock, and found.
            assert!(merged.has_failed(), "seed {seed}: {generated:?}");
        } else {
            assert_eq!(merged, all, "seed {seed}, {limits:?}: {generated:?}");
        }
        compared += 1;
    }
}

fn drawn(kind: Kind) -> impl Fn(u64) -> (Generated, (Program, Observed)) {
    move |seed| {
        let generated = Generated::new(seed, kind);
        let program = generated.observed();
        (generated, program)
    }
}

#[test]
fn what_can_be_seen_is_seen_when_states_are_met_once() {
    compare_states(drawn(Kind::Plain), BOTH[0], 800, 300);
    compare_states(drawn(Kind::All), BOTH[0], 800, 300);
    compare_states(drawn(Kind::All), BOTH[1], 800, 300);
    compare_states(drawn(Kind::Spins), BOTH[0], 150, 300);
}

#[test]
fn what_is_left_behind_is_seen_when_states_are_met_once() {
    let draw = |kind| {
        move |seed| {
            let generated = Generated::new(seed, kind);
            let program = generated.left_behind();
            (generated, program)
        }
    };
    compare_states(draw(Kind::Plain), BOTH[0], 800, 300);
    compare_states(draw(Kind::All), BOTH[0], 800, 300);
    compare_states(draw(Kind::Spins), BOTH[0], 150, 300);
}

#[test]
fn races_are_found_when_states_are_met_once() {
    compare_states(drawn(Kind::Cells), BOTH[0], 1500, 300);
}

#[test]
fn so_it_is_when_tasks_await() {
    let draw = |seed| {
        let generated = Awaiting::new(seed);
        let program = generated.observed();
        (generated, program)
    };
    compare_states(draw, BOTH[0], 1000, 300);
}

#[test]
fn so_it_is_when_tasks_cannot_be_told_apart() {
    let draw = |kind| {
        move |seed| {
            let generated = Generated::new(seed, kind);
            let program = generated.alike();
            (generated, program)
        }
    };
    compare_states(draw(Kind::Plain), BOTH[0], 400, 1000);
    compare_states(draw(Kind::All), BOTH[0], 400, 1000);
    compare_states(draw(Kind::All), BOTH[1], 200, 1000);
    compare_states(draw(Kind::Cells), BOTH[0], 200, 1000);
}

/// What `workers` OS threads meet that search together.
fn together(workers: usize, limits: Limits, program: &Program) -> Met {
    let shared = Search::new(Reduction::Classes);
    let strategies: Vec<_> = (0..workers).map(|_| shared.strategy()).collect();
    let mut met = Met::default();
    std::thread::scope(|scope| {
        let run = |strategy| scope.spawn(move || search(strategy, limits, program, u64::MAX));
        let workers: Vec<_> = strategies.into_iter().map(run).collect();
        for worker in workers {
            let own = worker.join().expect("no worker panics").expect("there is no limit");
            met.add(own);
        }
    });
    assert!(shared.is_exhausted());
    met
}

#[test]
fn many_workers_meet_the_same_classes_as_one() {
    for seed in 0..40 {
        let program = Generated::new(seed, Kind::All).program();
        let limits = BOTH[usize::try_from(seed % 2).expect("it is small")];
        let alone = together(1, limits, &program);
        for workers in [2, 4] {
            let met = together(workers, limits, &program);
            assert_eq!(met.classes, alone.classes, "seed {seed}, {workers} workers");
        }
    }
}

/// What `workers` OS threads show that go on together from states not met before. Each has a program
/// of its own.
fn shown_together(
    workers: usize,
    limits: Limits,
    draw: impl Fn() -> (Program, Observed) + Sync,
) -> Shown {
    let shared = Search::new(Reduction::States(Callbacks::Ordered));
    let mut all = Shown::default();
    std::thread::scope(|scope| {
        let run = |strategy| {
            let draw = &draw;
            scope.spawn(move || shown(strategy, limits, &draw(), u64::MAX))
        };
        let strategies: Vec<_> = (0..workers).map(|_| shared.strategy()).collect();
        let workers: Vec<_> = strategies.into_iter().map(run).collect();
        for worker in workers {
            let own = worker.join().expect("no worker panics").expect("there is no limit");
            all.ends.extend(own.ends);
            all.has_race |= own.has_race;
        }
    });
    assert!(shared.is_exhausted());
    all
}

#[test]
fn many_workers_see_the_same_from_states_as_one() {
    for seed in 0..120 {
        let kind = [Kind::Plain, Kind::All, Kind::Cells, Kind::Spins][seed % 4];
        let draw = || Generated::new(seed as u64, kind).observed();
        let alone = shown_together(1, BOTH[0], draw);
        for workers in [2, 4] {
            let met = shown_together(workers, BOTH[0], draw);
            assert_eq!(met, alone, "seed {seed}, {workers} workers");
        }
    }
}
