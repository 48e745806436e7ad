//! Little programs drawn at random: nothing is seen of them that C++20 forbids, and most is seen that it
//! allows.

use std::sync::{
    Arc,
    atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst},
};

use engine::{
    Controlled, Outcome, Program,
    strategy::{Generator, Random},
};
use parking_lot::Mutex as Plain;
use sync::{
    atomic::{AtomicU32, fence},
    thread,
};

use super::{
    WEAK,
    axioms::{Act, Events},
};

/// How many variables there are.
const VARIABLES: usize = 2;

/// A program of two or three tasks, of two or three acts each. Every other one is rich in what is `SeqCst`.
fn drawn(draw: &mut Generator) -> Vec<Vec<Act>> {
    let mut value = 0;
    let is_rich = draw.below(2) == 0;
    let ordering = |draw: &mut Generator, weak: &[Ordering]| {
        let is_strong = draw.below(if is_rich { 2 } else { 4 }) == 0;
        if is_strong { SeqCst } else { weak[draw.below(weak.len())] }
    };
    let mut act = |draw: &mut Generator| {
        value += 1;
        let variable = draw.below(VARIABLES);
        match draw.below(if is_rich { 10 } else { 8 }) {
            0..3 => Act::Load(variable, ordering(draw, &[Relaxed, Acquire])),
            3..6 => Act::Store(variable, value, ordering(draw, &[Relaxed, Release])),
            6 => Act::Swap(variable, value, ordering(draw, &[Relaxed, Acquire, Release, AcqRel])),
            _ => Act::Fence(ordering(draw, &[Acquire, Release, AcqRel])),
        }
    };
    let tasks = 2 + draw.below(2);
    (0..tasks).map(|_| (0..2 + draw.below(2)).map(|_| act(draw)).collect()).collect()
}

/// What the reads of a task see.
fn perform(acts: &[Act], variables: &[AtomicU32]) -> Vec<u32> {
    let act = |act: &Act| match *act {
        Act::Load(variable, ordering) => Some(variables[variable].load(ordering)),
        Act::Store(variable, value, ordering) => {
            variables[variable].store(value, ordering);
            None
        }
        Act::Swap(variable, value, ordering) => Some(variables[variable].swap(value, ordering)),
        Act::Fence(ordering) => {
            fence(ordering);
            None
        }
    };
    acts.iter().filter_map(act).collect()
}

#[test]
fn nothing_is_seen_that_is_forbidden() {
    let mut draw = Generator::new(5, 0);
    let (mut seen, mut allowed) = (0, 0);
    for _ in 0..200 {
        let acts = drawn(&mut draw);
        let possible = Events::of(&acts, VARIABLES).allowed();
        let said = Arc::new(Plain::new(std::collections::BTreeSet::new()));
        let (says, program) = (Arc::clone(&said), acts.clone());
        let program: Program = Arc::new(move || {
            let variables = [const { AtomicU32::new(0) }; VARIABLES];
            let reads = thread::scope(|scope| {
                let variables = &variables;
                let begin = |acts: &Vec<Act>| {
                    let acts = acts.clone();
                    scope.spawn(move || perform(&acts, variables))
                };
                let tasks: Vec<_> = program.iter().map(begin).collect();
                let reads = tasks.into_iter().map(|task| task.join().expect("it does not panic"));
                reads.collect::<Vec<_>>().concat()
            });
            says.lock().insert(reads);
        });
        let mut engine = Controlled::new(Box::new(Random::new(1)), WEAK);
        for number in 0..1000 {
            let run = engine.run(&program, number).expect("a walk never ends");
            assert_eq!(run.outcome, Outcome::Completed);
        }
        let said = said.lock();
        let forbidden: Vec<_> = said.difference(&possible).collect();
        assert!(forbidden.is_empty(), "{acts:#?} does not allow {forbidden:?}");
        (seen, allowed) = (seen + said.len(), allowed + possible.len());
    }
    assert!(seen * 100 > allowed * 80, "{seen} of {allowed}");
}
