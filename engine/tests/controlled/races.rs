//! Data races: each program without one has none in any execution, and its twin with one is found.

mod atomics;
mod handovers;

use std::{collections::BTreeSet, sync::Arc};

use engine::{
    Controlled, Limits, Outcome, Program,
    analysis::{Callbacks, Race},
    strategy::Random,
};
use sync::{Mutex, RwLock, Semaphore, cell::RaceCell, thread};

const EXECUTIONS: u64 = 300;

/// The races of `program` over a few hundred random walks, in words.
fn races(program: impl Fn() + Send + Sync + 'static) -> BTreeSet<String> {
    let program: Program = Arc::new(program);
    let mut engine = Controlled::new(Box::new(Random::new(1)), Limits::default());
    let mut races = BTreeSet::new();
    for number in 0..EXECUTIONS {
        let run = engine.run(&program, number).expect("a walk never ends");
        assert_eq!(run.outcome, Outcome::Completed);
        races.extend(engine.race(Callbacks::Free).as_ref().map(tell));
    }
    races
}

fn tell(race: &Race) -> String {
    let Race { on, first, second, weak } = race;
    let why = weak.as_ref().map_or_else(String::new, |pair| {
        format!(", {} and {}", pair.store.what(), pair.load.what())
    });
    format!("{on}: {} {:?}, {} {:?}{why}", first.task, first.kind, second.task, second.kind)
}

#[track_caller]
fn has_none(program: impl Fn() + Send + Sync + 'static) {
    assert_eq!(races(program), BTreeSet::new());
}

#[track_caller]
fn has_one(program: impl Fn() + Send + Sync + 'static) {
    assert_ne!(races(program), BTreeSet::new());
}

/// Two tasks, of which one writes the cell and then `tells`, and the other `hears` and then reads.
fn message<S: Default + Send + Sync + 'static>(
    tells: impl Fn(&S) + Send + Copy + Sync + 'static,
    hears: impl Fn(&S) + Send + Sync + 'static,
) -> impl Fn() + Send + Sync + 'static {
    move || {
        let shared = Arc::new((RaceCell::new(0), S::default()));
        let theirs = Arc::clone(&shared);
        let writer = thread::spawn(move || {
            theirs.0.set(7);
            tells(&theirs.1);
        });
        hears(&shared.1);
        assert_eq!(shared.0.get(), 7, "the order is right, whatever the orderings are");
        writer.join().expect("writing does not panic");
    }
}

#[test]
fn two_writes_with_nothing_between_them_race() {
    let program = || {
        let cell = Arc::new(RaceCell::new(0));
        let other = Arc::clone(&cell);
        let task = thread::spawn(move || other.set(1));
        cell.set(2);
        task.join().expect("writing does not panic");
    };
    let expected = ["cell #0: main Write, task 1 Write", "cell #0: task 1 Write, main Write"];
    assert_eq!(races(program), expected.map(str::to_owned).into());
}

#[test]
fn two_reads_do_not_race() {
    has_none(|| {
        let cell = Arc::new(RaceCell::new(3));
        let other = Arc::clone(&cell);
        let task = thread::spawn(move || other.get());
        assert_eq!(cell.with(|value| *value), 3);
        task.join().expect("reading does not panic");
    });
}

#[test]
fn a_mutex_orders_what_it_protects() {
    has_none(|| {
        let shared = Arc::new((Mutex::new(()), RaceCell::new(0)));
        let add = |shared: &(Mutex<()>, RaceCell<i32>)| {
            let _guard = shared.0.lock();
            shared.1.with_mut(|value| *value += 1);
        };
        let other = Arc::clone(&shared);
        let task = thread::spawn(move || add(&other));
        add(&shared);
        task.join().expect("adding does not panic");
    });
}

#[test]
fn what_comes_after_an_unlock_is_not_protected() {
    let program = || {
        let shared = Arc::new((Mutex::new(()), RaceCell::new(0)));
        let other = Arc::clone(&shared);
        let task = thread::spawn(move || {
            drop(other.0.lock());
            other.1.set(1);
        });
        let guard = shared.0.lock();
        shared.1.set(2);
        drop(guard);
        task.join().expect("writing does not panic");
    };
    // In both orders of the two locks.
    let expected = ["cell #0: main Write, task 1 Write", "cell #0: task 1 Write, main Write"];
    let races = races(program);
    assert!(races.iter().any(|race| expected.contains(&race.as_str())), "{races:?}");
    // Also where the lock came first, and the write after it: the unlock is where it stands.
    assert!(races.contains(expected[1]), "{races:?}");
}

#[test]
fn readers_of_a_lock_are_not_ordered() {
    let program = |writes: bool| {
        move || {
            let shared = Arc::new((RwLock::new(()), RaceCell::new(0)));
            let touch = move |shared: &(RwLock<()>, RaceCell<i32>)| {
                if writes {
                    let _guard = shared.0.write();
                    shared.1.set(1);
                } else {
                    let _guard = shared.0.read();
                    shared.1.set(1);
                }
            };
            let other = Arc::clone(&shared);
            let task = thread::spawn(move || touch(&other));
            touch(&shared);
            task.join().expect("writing does not panic");
        }
    };
    has_none(program(true));
    has_one(program(false));
}

#[test]
fn a_writer_comes_after_the_readers_before_it() {
    has_none(|| {
        let shared = Arc::new((RwLock::new(()), RaceCell::new(0)));
        let reader = |shared: Arc<(RwLock<()>, RaceCell<i32>)>| {
            thread::spawn(move || {
                let _guard = shared.0.read();
                shared.1.get()
            })
        };
        let readers = [reader(Arc::clone(&shared)), reader(Arc::clone(&shared))];
        let guard = shared.0.write();
        shared.1.set(1);
        drop(guard);
        for reader in readers {
            reader.join().expect("reading does not panic");
        }
    });
}

#[test]
fn a_lent_cell_is_touched_until_its_closure_returns() {
    has_one(|| {
        let shared = Arc::new((Semaphore::new(0), RaceCell::new(0)));
        let other = Arc::clone(&shared);
        let task = thread::spawn(move || {
            other.1.with_mut(|value| {
                other.0.release();
                // The permit is out, and this write still to come.
                *value = 1;
            });
        });
        shared.0.acquire();
        shared.1.get();
        task.join().expect("writing does not panic");
    });
}
