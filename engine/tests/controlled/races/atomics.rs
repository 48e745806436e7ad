//! Atomics order what their orderings say, and nothing else.

use std::{collections::HashMap, sync::Arc};

use engine::{Controlled, Limits, Program, analysis::Callbacks, strategy::Random};
use sync::{
    atomic::{
        AtomicBool, AtomicUsize,
        Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst},
        fence,
    },
    hint, thread,
};

use super::{EXECUTIONS, has_none, has_one, message, races};

/// A flag that is raised with one ordering and looked at with another.
fn flag(raise: Ordering, look: Ordering) -> impl Fn() + Send + Sync + 'static {
    message(
        move |flag: &AtomicBool| flag.store(true, raise),
        move |flag| {
            while !flag.load(look) {
                hint::spin_loop();
            }
        },
    )
}

#[test]
fn a_release_that_an_acquire_reads_orders() {
    has_none(flag(Release, Acquire));
    has_none(flag(SeqCst, SeqCst));
    has_none(flag(SeqCst, Acquire));
    has_none(flag(Release, SeqCst));
}

#[test]
fn a_weaker_ordering_on_either_side_does_not() {
    for (raise, look) in [(Relaxed, Relaxed), (Relaxed, Acquire), (Release, Relaxed)] {
        let why = format!("cell #0: task 1 Write, main Read, {raise:?} store and {look:?} load");
        assert_eq!(races(flag(raise, look)), [why].into());
    }
}

#[test]
fn fences_make_relaxed_accesses_order() {
    let program = |before: Option<Ordering>, after: Option<Ordering>| {
        message(
            move |flag: &AtomicBool| {
                before.into_iter().for_each(fence);
                flag.store(true, Relaxed);
            },
            move |flag| {
                while !flag.load(Relaxed) {
                    hint::spin_loop();
                }
                after.into_iter().for_each(fence);
            },
        )
    };
    has_none(program(Some(Release), Some(Acquire)));
    has_none(program(Some(SeqCst), Some(AcqRel)));
    has_one(program(Some(Release), None));
    has_one(program(None, Some(Acquire)));
    has_one(program(Some(Acquire), Some(Release)));
}

#[test]
fn an_update_continues_a_release_sequence_and_a_store_does_not() {
    // A third task comes in between: it adds to what it has read, or stores over it.
    let program = |between: fn(&AtomicUsize)| {
        message(
            |count: &AtomicUsize| count.store(1, Release),
            move |count| {
                thread::scope(|scope| {
                    scope.spawn(|| {
                        while count.load(Relaxed) != 1 {
                            hint::spin_loop();
                        }
                        between(count);
                    });
                    while count.load(Acquire) != 2 {
                        hint::spin_loop();
                    }
                });
            },
        )
    };
    has_none(program(add));
    has_one(program(|count| count.store(2, Relaxed)));
}

#[test]
fn a_compare_exchange_that_fails_is_only_its_load() {
    let program = |failure: Ordering| {
        message(
            |state: &AtomicUsize| state.store(1, Release),
            move |state| {
                // Fails once the flag is up, and never succeeds otherwise.
                while state.compare_exchange(5, 6, AcqRel, failure) != Err(1) {
                    hint::spin_loop();
                }
            },
        )
    };
    has_none(program(Acquire));
    has_one(program(Relaxed));
}

fn add(count: &AtomicUsize) {
    count.fetch_add(1, Relaxed);
}

#[test]
fn a_race_is_a_matter_of_its_class() {
    let program: Program = Arc::new(flag(Relaxed, Acquire));
    let mut engine = Controlled::new(Box::new(Random::new(3)), Limits::default());
    let mut classes = HashMap::new();
    for number in 0..EXECUTIONS {
        engine.run(&program, number).expect("a walk never ends");
        let has_race = engine.race(Callbacks::Free).is_some();
        assert_eq!(*classes.entry(engine.class()).or_insert(has_race), has_race);
    }
}
