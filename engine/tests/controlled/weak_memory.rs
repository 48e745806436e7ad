//! Loads that see older stores: of each of these little programs, exactly what C++20 allows is seen, but for
//! what would take a store that is seen before it is performed.

mod axioms;
mod random;

use std::{collections::BTreeSet, sync::Arc};

use engine::{Checker, Controlled, Limits, Outcome, Program, Verifier, strategy::Random};
use parking_lot::Mutex as Plain;
use sync::{
    Mutex,
    atomic::{
        AtomicBool, AtomicU32, AtomicU64,
        Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst},
        fence,
    },
    cell::RaceCell,
    thread,
};

const WEAK: Limits = Limits { steps: 200_000, spurious: true, weak_memory: true };

/// Everything that `program` says in many random walks.
fn seen(limits: Limits, program: fn() -> Vec<u32>) -> BTreeSet<Vec<u32>> {
    let said = Arc::new(Plain::new(BTreeSet::new()));
    let says = Arc::clone(&said);
    let program: Program = Arc::new(move || {
        says.lock().insert(program());
    });
    let mut engine = Controlled::new(Box::new(Random::new(1)), limits);
    for number in 0..3000 {
        let run = engine.run(&program, number).expect("a walk never ends");
        assert_eq!(run.outcome, Outcome::Completed);
    }
    std::mem::take(&mut *said.lock())
}

#[track_caller]
fn sees(program: fn() -> Vec<u32>, expected: &[&[u32]]) {
    let expected: BTreeSet<_> = expected.iter().map(|said| said.to_vec()).collect();
    assert_eq!(seen(WEAK, program), expected);
}

/// Each stores in one and loads from the other.
fn store_buffering(store: Ordering, load: Ordering, between: Option<Ordering>) -> Vec<u32> {
    let [x, y] = [(); 2].map(|()| AtomicU32::new(0));
    let act = |own: &AtomicU32, other: &AtomicU32| {
        own.store(1, store);
        between.into_iter().for_each(fence);
        other.load(load)
    };
    thread::scope(|scope| {
        let theirs = scope.spawn(|| act(&y, &x));
        let ours = act(&x, &y);
        vec![ours, theirs.join().expect("it does not panic")]
    })
}

#[test]
fn both_may_miss_what_the_other_stores() {
    let all: [&[u32]; 4] = [&[0, 0], &[0, 1], &[1, 0], &[1, 1]];
    sees(|| store_buffering(Release, Acquire, None), &all);
    sees(|| store_buffering(Relaxed, Relaxed, None), &all);
    sees(|| store_buffering(Release, Acquire, Some(AcqRel)), &all);
    sees(|| store_buffering(SeqCst, Relaxed, None), &all);
}

#[test]
fn where_all_follow_one_another_one_of_them_sees_the_other() {
    sees(|| store_buffering(SeqCst, SeqCst, None), &[&[0, 1], &[1, 0], &[1, 1]]);
    sees(|| store_buffering(Relaxed, Relaxed, Some(SeqCst)), &[&[0, 1], &[1, 0], &[1, 1]]);
}

#[test]
fn a_fence_comes_after_the_stores_before_it() {
    let program = || {
        let [x, y] = [(); 2].map(|()| AtomicU32::new(0));
        thread::scope(|scope| {
            let theirs = scope.spawn(|| {
                y.store(1, SeqCst);
                fence(SeqCst);
                x.load(Relaxed)
            });
            x.store(1, SeqCst);
            let ours = y.load(SeqCst);
            vec![ours, theirs.join().expect("it does not panic")]
        })
    };
    sees(program, &[&[0, 1], &[1, 0], &[1, 1]]);
}

#[test]
fn nobody_misses_anything_unless_it_is_asked_for() {
    let strong = seen(Limits::default(), || store_buffering(Relaxed, Relaxed, None));
    assert_eq!(strong, [vec![0, 1], vec![1, 0], vec![1, 1]].into());
}

/// One stores a word and then a flag, and the other loads the flag and then the word.
fn message(store: Ordering, load: Ordering) -> Vec<u32> {
    let [word, flag] = [(); 2].map(|()| AtomicU32::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            word.store(1, Relaxed);
            flag.store(1, store);
        });
        vec![flag.load(load), word.load(Relaxed)]
    })
}

#[test]
fn whoever_acquires_what_was_released_sees_what_was_before() {
    sees(|| message(Release, Acquire), &[&[0, 0], &[0, 1], &[1, 1]]);
    sees(|| message(SeqCst, SeqCst), &[&[0, 0], &[0, 1], &[1, 1]]);
    let weak: [&[u32]; 4] = [&[0, 0], &[0, 1], &[1, 0], &[1, 1]];
    sees(|| message(Relaxed, Acquire), &weak);
    sees(|| message(Release, Relaxed), &weak);
}

#[test]
fn so_it_is_with_fences() {
    fn message(before: Ordering, after: Ordering) -> Vec<u32> {
        let [word, flag] = [(); 2].map(|()| AtomicU32::new(0));
        thread::scope(|scope| {
            scope.spawn(|| {
                word.store(1, Relaxed);
                fence(before);
                flag.store(1, Relaxed);
            });
            let flag = flag.load(Relaxed);
            fence(after);
            vec![flag, word.load(Relaxed)]
        })
    }
    sees(|| message(Release, Acquire), &[&[0, 0], &[0, 1], &[1, 1]]);
    sees(|| message(SeqCst, SeqCst), &[&[0, 0], &[0, 1], &[1, 1]]);
    sees(|| message(Acquire, Acquire), &[&[0, 0], &[0, 1], &[1, 0], &[1, 1]]);
}

#[test]
fn an_update_hands_on_what_it_does_not_release_itself() {
    let program = || {
        let [word, flag] = [(); 2].map(|()| AtomicU32::new(0));
        thread::scope(|scope| {
            scope.spawn(|| {
                word.store(1, Relaxed);
                flag.store(1, Release);
            });
            scope.spawn(|| flag.fetch_add(2, Relaxed));
            vec![flag.load(Acquire), word.load(Relaxed)]
        })
    };
    // Of 1 and 3 something was released; 2 stands alone.
    let all: [&[u32]; 6] = [&[0, 0], &[0, 1], &[1, 1], &[2, 0], &[2, 1], &[3, 1]];
    sees(program, &all);
}

#[test]
fn nobody_goes_back_to_an_older_store() {
    let program = || {
        let x = AtomicU32::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                x.store(1, Relaxed);
                x.store(2, Relaxed);
            });
            vec![x.load(Relaxed), x.load(Relaxed)]
        })
    };
    let forward: [&[u32]; 6] = [&[0, 0], &[0, 1], &[0, 2], &[1, 1], &[1, 2], &[2, 2]];
    sees(program, &forward);
}

#[test]
fn what_others_have_read_before_is_not_forgotten_either() {
    let program = || {
        let [x, flag] = [(); 2].map(|()| AtomicU32::new(0));
        thread::scope(|scope| {
            scope.spawn(|| x.store(1, Relaxed));
            let reads = scope.spawn(|| {
                let read = x.load(Relaxed);
                flag.store(1, Release);
                read
            });
            let last = [flag.load(Acquire), x.load(Relaxed)];
            vec![reads.join().expect("it does not panic"), last[0], last[1]]
        })
    };
    let said = seen(WEAK, program);
    assert!(said.contains(&vec![0, 1, 0]) && said.contains(&vec![1, 0, 0]), "{said:?}");
    assert!(!said.contains(&vec![1, 1, 0]), "{said:?}");
}

#[test]
fn two_may_disagree_about_what_came_first() {
    fn disagree(load: Ordering) -> bool {
        let [x, y] = [(); 2].map(|()| AtomicU32::new(0));
        thread::scope(|scope| {
            scope.spawn(|| x.store(1, SeqCst));
            scope.spawn(|| y.store(1, SeqCst));
            let one = scope.spawn(|| (x.load(load), y.load(load)));
            let other = scope.spawn(|| (y.load(load), x.load(load)));
            let [one, other] = [one, other].map(|task| task.join().expect("it does not panic"));
            one == (1, 0) && other == (1, 0)
        })
    }
    let disagreed = |program| seen(WEAK, program).contains(&vec![1]);
    assert!(disagreed(|| vec![u32::from(disagree(Acquire))]));
    assert!(!disagreed(|| vec![u32::from(disagree(SeqCst))]));
}

#[test]
fn what_is_known_by_a_lock_or_a_join_is_seen() {
    let program = || {
        let (x, done) = (AtomicU64::new(0), Mutex::new(false));
        thread::scope(|scope| {
            let task = scope.spawn(|| {
                x.store(1, Relaxed);
                *done.lock() = true;
            });
            let is_done = *done.lock();
            let early = x.load(Relaxed);
            assert!(!is_done || early == 1);
            task.join().expect("it does not panic");
            assert_eq!(x.load(Relaxed), 1);
            vec![u32::from(is_done), u32::try_from(early).expect("it is small")]
        })
    };
    sees(program, &[&[0, 0], &[0, 1], &[1, 1]]);
}

#[test]
fn updates_see_the_last_store() {
    let program = || {
        let x = AtomicU32::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| x.fetch_add(1, Relaxed));
            }
            while x.compare_exchange(2, 7, Relaxed, Relaxed).is_err() {
                thread::yield_now();
            }
        });
        vec![x.load(Relaxed)]
    };
    sees(program, &[&[7]]);
}

#[test]
fn whoever_waits_for_a_store_sees_it_some_time() {
    let program = || {
        let is_ready = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| is_ready.store(true, Relaxed));
            while !is_ready.load(Relaxed) {
                thread::yield_now();
            }
        });
        vec![]
    };
    sees(program, &[&[]]);
}

#[test]
fn nobody_misses_a_store_three_times() {
    let program = || {
        let (x, has_stored) = (AtomicU32::new(0), std::sync::atomic::AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                x.store(1, Relaxed);
                has_stored.store(true, SeqCst);
            });
            // Nobody in control knows of this order.
            while !has_stored.load(SeqCst) {
                thread::yield_now();
            }
            [(); 3].map(|()| x.load(Relaxed)).into()
        })
    };
    sees(program, &[&[0, 0, 1], &[0, 1, 1], &[1, 1, 1]]);
}

/// Two tasks look at each other's flag before they go in.
fn doorway(store: Ordering, load: Ordering) -> Program {
    Arc::new(move || {
        let flags = [(); 2].map(|()| AtomicBool::new(false));
        let inside = AtomicU32::new(0);
        thread::scope(|scope| {
            for own in 0..2 {
                let (flags, inside) = (&flags, &inside);
                scope.spawn(move || {
                    flags[own].store(true, store);
                    if !flags[1 - own].load(load) {
                        assert_eq!(inside.fetch_add(1, SeqCst), 0, "both are inside");
                        inside.fetch_sub(1, SeqCst);
                    }
                });
            }
        });
    })
}

#[test]
fn a_failure_is_made_short_and_comes_again() {
    let checker = Checker { limits: WEAK, ..Checker::default() };
    let failure = checker.check(&doorway(Release, Acquire)).failure.expect("both may go in");
    assert!(failure.repeats);
    let text = failure.to_string();
    assert_eq!(text.matches("does not see the Release store at").count(), 1, "{text}");
    assert!(text.contains("/l1\""), "{text}");
    let right = doorway(SeqCst, SeqCst);
    assert!(checker.check(&right).failure.is_none());
    let strong = Checker::default().check(&doorway(Release, Acquire));
    assert!(strong.failure.is_none(), "nobody misses anything there");
}

#[test]
fn a_search_is_complete() {
    let limits = Limits { steps: 20_000, ..WEAK };
    let verifier = Verifier { limits, ..Verifier::default() };
    let failure = verifier.verify(&doorway(Release, Acquire)).failure.expect("both may go in");
    assert_eq!(failure.trace.unseen().len(), 1);
    assert!(verifier.verify(&doorway(SeqCst, SeqCst)).is_verified());
    assert!(Verifier::default().verify(&doorway(Release, Acquire)).is_verified());
    let waits = |store, load, says: &Arc<Plain<BTreeSet<u32>>>| -> Program {
        let says = Arc::clone(says);
        Arc::new(move || {
            let [word, flag] = [(); 2].map(|()| AtomicU32::new(0));
            thread::scope(|scope| {
                scope.spawn(|| {
                    word.store(1, Relaxed);
                    flag.store(1, store);
                    word.store(2, Relaxed);
                });
                while flag.load(load) == 0 {
                    thread::yield_now();
                }
                says.lock().insert(word.load(Relaxed));
            });
        })
    };
    for (store, load, expected) in
        [(Release, Acquire, vec![1, 2]), (Relaxed, Acquire, vec![0, 1, 2])]
    {
        let said = Arc::default();
        let verification = verifier.verify(&waits(store, load, &said));
        assert!(verification.is_verified(), "{verification}");
        assert_eq!(said.lock().iter().copied().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_race_is_told_by_what_was_seen() {
    /// Only who sees the second store looks at what was written before the first one.
    fn program(second: Ordering) -> Program {
        Arc::new(move || {
            let (cell, flag) = (RaceCell::new(0), AtomicU32::new(0));
            thread::scope(|scope| {
                scope.spawn(|| {
                    cell.set(1);
                    flag.store(1, Release);
                    flag.store(2, second);
                });
                if flag.load(Acquire) == 1 {
                    assert_eq!(cell.get(), 1);
                }
            });
        })
    }
    let checker = Checker { limits: WEAK, ..Checker::default() };
    for second in [Relaxed, Release] {
        let failure = checker.check(&program(second)).failure;
        assert!(failure.is_none(), "{failure:?}");
    }
}

#[test]
fn what_is_missed_again_and_again_is_said_once() {
    let program: Program = Arc::new(|| {
        let (number, is_there) = (AtomicU32::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                number.store(1, Relaxed);
                is_there.store(true, Relaxed);
            });
            let missed = is_there.load(Relaxed) && (0..2).all(|_| number.load(Relaxed) == 0);
            assert!(!missed, "it is missed twice");
        });
    });
    let checker = Checker { limits: WEAK, ..Checker::default() };
    let failure = checker.check(&program).failure.expect("it may be missed twice");
    let older = (0..failure.trace.steps.len()).filter(|&step| failure.trace.behind(step).is_some());
    assert_eq!(older.count(), 2);
    assert_eq!(failure.trace.unseen().len(), 1);
}
