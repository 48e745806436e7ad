//! Little programs drawn at random: nothing is seen of them that C++20 forbids, and most is seen that it
//! allows.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst},
    },
};

use engine::{
    Controlled, Outcome, Program,
    strategy::{Exhaustive, Generator, Random, Reduction, Strategy},
};
use parking_lot::Mutex as Plain;
use sync::{
    Mutex,
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

/// What the reads of a task see. Where nothing is done, a lock is taken and given back: whoever takes it
/// later knows what was before.
fn perform(acts: &[Option<Act>], variables: &[AtomicU32], lock: &Mutex<()>) -> Vec<u32> {
    let act = |act: &Option<Act>| match *act {
        None => {
            drop(lock.lock());
            None
        }
        Some(Act::Load(variable, ordering)) => Some(variables[variable].load(ordering)),
        Some(Act::Store(variable, value, ordering)) => {
            variables[variable].store(value, ordering);
            None
        }
        Some(Act::Swap(variable, value, ordering)) => {
            Some(variables[variable].swap(value, ordering))
        }
        Some(Act::Fence(ordering)) => {
            fence(ordering);
            None
        }
    };
    acts.iter().filter_map(act).collect()
}

/// What is seen in so many executions, or in all if there are fewer; and how many those are.
fn seen(
    acts: &[Vec<Option<Act>>],
    strategy: Box<dyn Strategy>,
    executions: u64,
) -> (BTreeSet<Vec<u32>>, u64) {
    let said = Arc::new(Plain::new(Vec::new()));
    let (says, acts) = (Arc::clone(&said), acts.to_vec());
    let program: Program = Arc::new(move || {
        let shared = ([const { AtomicU32::new(0) }; VARIABLES], Mutex::new(()));
        let reads = thread::scope(|scope| {
            let (variables, lock) = (&shared.0, &shared.1);
            let begin = |acts: &Vec<Option<Act>>| {
                let acts = acts.clone();
                scope.spawn(move || perform(&acts, variables, lock))
            };
            let tasks: Vec<_> = acts.iter().map(begin).collect();
            let reads = tasks.into_iter().map(|task| task.join().expect("it does not panic"));
            reads.collect::<Vec<_>>().concat()
        });
        *says.lock() = reads;
    });
    let (mut engine, mut seen) = (Controlled::new(strategy, WEAK), BTreeSet::new());
    for number in 0..executions {
        let Some(run) = engine.run(&program, number) else { return (seen, number) };
        match run.outcome {
            Outcome::Completed => drop(seen.insert(std::mem::take(&mut *said.lock()))),
            // A search does so where it has nothing new to show.
            outcome => assert_eq!(outcome, Outcome::GivenUp),
        }
    }
    (seen, executions)
}

/// The same, with a lock here and there.
fn with_locks(acts: &[Vec<Act>], draw: &mut Generator) -> Vec<Vec<Option<Act>>> {
    let own = |acts: &Vec<Act>| {
        let mut acts: Vec<_> = acts.iter().copied().map(Some).collect();
        acts.insert(draw.below(acts.len() + 1), None);
        acts
    };
    acts.iter().map(own).collect()
}

#[test]
fn nothing_is_seen_that_is_forbidden() {
    let mut draw = Generator::new(5, 0);
    let (mut all_seen, mut all_allowed) = (0, 0);
    for _ in 0..200 {
        let acts = drawn(&mut draw);
        let allowed = Events::of(&acts, VARIABLES).allowed();
        let performed: Vec<Vec<_>> =
            acts.iter().map(|acts| acts.iter().copied().map(Some).collect()).collect();
        let (seen, _) = seen(&performed, Box::new(Random::new(1)), 1000);
        let forbidden: Vec<_> = seen.difference(&allowed).collect();
        assert!(forbidden.is_empty(), "{acts:#?} does not allow {forbidden:?}");
        (all_seen, all_allowed) = (all_seen + seen.len(), all_allowed + allowed.len());
    }
    assert!(all_seen * 100 > all_allowed * 80, "{all_seen} of {all_allowed}");
}

#[test]
fn a_search_for_classes_sees_all_that_walks_see() {
    let mut draw = Generator::new(7, 0);
    for number in 0..200 {
        let acts = drawn(&mut draw);
        let acts = if number % 2 == 0 {
            with_locks(&acts, &mut draw)
        } else {
            acts.iter().map(|acts| acts.iter().copied().map(Some).collect()).collect()
        };
        let (walks, _) = seen(&acts, Box::new(Random::new(1)), 1000);
        let search = Exhaustive::new(Reduction::Classes);
        let (search, executions) = seen(&acts, Box::new(search), 100_000);
        assert!(executions < 100_000, "it comes to an end");
        assert!(walks.is_subset(&search), "{acts:?}");
    }
}
