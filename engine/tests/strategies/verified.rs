//! The corpus, every interleaving: each bug needs as many preemptions as it is known to, the classes
//! are as many, and no twin is wrong.

use std::{collections::BTreeSet, ops::ControlFlow, sync::Arc};

use corpus::{ALL, Program};
use engine::{
    Controlled, Limits, Run, Verifier,
    strategy::{Exhaustive, Reduction},
    verify::{End, Examiner},
};
use sync::control::Op;

fn verifier(most: u64) -> Verifier {
    let limits = Limits { steps: 20_000, spurious: false, ..Limits::default() };
    Verifier { limits, max_executions: Some(most), ..Verifier::default() }
}

#[track_caller]
fn named(name: &str) -> &'static Program {
    ALL.iter().find(|program| program.name == name).expect("it is in the corpus")
}

/// How many preemptions the bug of the program needs, and how many interleaving classes it has.
///
/// A panic ends an execution here, so that what others would have done after it makes no classes:
/// where there are fewer than others have counted, that is why. The twenty and more steps of
/// `figure5` fit between two others without a preemption, since starting a task is a step here.
const KNOWN: &[(&str, usize, u64)] = &[
    ("deadlock01", 1, 3),
    ("carter01", 1, 4),
    ("account", 0, 6),
    ("token_ring", 0, 24),
    ("lazy01", 0, 6),
    ("bluetooth_driver", 1, 10),
    ("circular_buffer", 1, 467),
    ("stringbuffer", 2, 6),
    ("wronglock_3", 1, 184),
    ("work_steal_queue", 2, 1695),
    ("figure5", 0, 2),
    ("twostage", 1, 3),
    ("reorder_3", 1, 40),
    ("reorder_4", 1, 759),
];

/// Counts executions, and goes on whatever it sees.
struct Counter(fn());

impl Examiner for Counter {
    fn program(&self) -> engine::Program {
        Arc::new(self.0)
    }

    fn examine(&mut self, _engine: &Controlled, _run: &Run, _number: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// How many preemptions there are in an execution that fails, at the least.
fn preemptions(program: &Program) -> Option<usize> {
    let wrong: engine::Program = Arc::new(program.wrong);
    (0..4).find(|&bound| {
        let verifier = Verifier { preemptions: Some(bound), ..verifier(100_000) };
        verifier.verify(&wrong).failure.is_some()
    })
}

#[test]
fn bugs_and_classes_are_as_many_as_known() {
    let mut found = Vec::new();
    for &(name, ..) in KNOWN {
        let wrong = named(name).wrong;
        let (survey, _) = verifier(100_000).explore(&|| Counter(wrong), &|_| ());
        assert_eq!(survey.end, End::Exhausted, "{name}");
        found.push((name, preemptions(named(name)).expect("it fails"), survey.executions));
    }
    assert_eq!(found, KNOWN);
}

/// How many interleavings there are of the steps that tasks take once they have begun.
///
/// Others have counted 73 of `bluetooth_driver`, too, whose tasks have nothing but atomics in common.
/// Where there are locks they count more, since to let go of one is a step of its own to them; here it
/// belongs to the step before, so that each critical section is one: 46 of `deadlock01`, 55 of
/// `carter01`, 184 of `account`, 118 of `lazy01`, 87 of `twostage`, 24 of `stringbuffer`.
const INTERLEAVINGS: &[(&str, usize)] = &[
    ("bluetooth_driver", 73),
    ("deadlock01", 4),
    ("carter01", 4),
    ("account", 6),
    ("lazy01", 6),
    ("twostage", 4),
    ("stringbuffer", 10),
];

/// Counts the interleavings of `program`, which plain depth-first search goes through.
fn interleavings(program: fn()) -> usize {
    let program: engine::Program = Arc::new(program);
    let limits = Limits { steps: 20_000, spurious: false, ..Limits::default() };
    let mut engine = Controlled::new(Box::new(Exhaustive::new(Reduction::None)), limits);
    let mut met = BTreeSet::new();
    let mut number = 0;
    while engine.run(&program, number).is_some() {
        let steps = engine.trace().steps;
        let own = steps.iter().filter(|step| !matches!(step.operation.op, Op::Start | Op::Join));
        met.insert(own.map(|step| step.task).collect::<Vec<_>>());
        number += 1;
    }
    met.len()
}

#[test]
fn interleavings_are_as_many_as_known() {
    for &(name, known) in INTERLEAVINGS {
        assert_eq!(interleavings(named(name).wrong), known, "{name}");
    }
}

/// The twins that are too large to be verified in 3,000 executions.
const TOO_LARGE: &[&str] = &[
    "circular_buffer",
    "stack",
    "wronglock",
    "bounded_buffer",
    "twostage_20",
    "twostage_50",
    "twostage_100",
    "reorder_10",
    "reorder_20",
    "reorder_50",
    "reorder_100",
];

#[test]
fn every_fixed_twin_is_verified_or_too_large() {
    let mut too_large = Vec::new();
    for program in ALL {
        let fixed = program.fixed.expect("every program of the list has a twin");
        let fixed: engine::Program = Arc::new(fixed);
        let verification = verifier(3_000).verify(&fixed);
        assert_eq!(verification.failure, None, "{}", program.name);
        if verification.survey.end == End::OutOfExecutions {
            too_large.push(program.name);
        } else {
            assert_eq!(verification.survey.end, End::Exhausted, "{}", program.name);
        }
    }
    assert_eq!(too_large, TOO_LARGE);
}

/// The bugs that lie deeper than 3,000 executions in depth-first order.
const MISSED: &[&str] = &[
    "wronglock",
    "twostage_20",
    "twostage_50",
    "twostage_100",
    "reorder_10",
    "reorder_20",
    "reorder_50",
    "reorder_100",
];

#[test]
fn bugs_are_found_but_for_those_that_lie_deep() {
    let mut missed = Vec::new();
    for program in ALL {
        let wrong: engine::Program = Arc::new(program.wrong);
        if verifier(3_000).verify(&wrong).failure.is_none() {
            missed.push(program.name);
        }
    }
    assert_eq!(missed, MISSED);
}
