//! Data races: each program without one has none in any execution, and its twin with one is found.

use std::{collections::BTreeSet, sync::Arc};

use engine::{
    Controlled, Limits, Outcome, Program,
    analysis::{Callbacks, Race},
    strategy::Random,
};
use sync::{
    Barrier, Condvar, Mutex, OnceLock, RwLock, Semaphore,
    atomic::{
        AtomicBool, AtomicUsize,
        Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst},
        fence,
    },
    cell::RaceCell,
    channel::{bounded, unbounded},
    future::{self, mpsc, oneshot, watch},
    hint, task, thread,
};

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
        format!(", {} and {}", without_place(&pair.store), without_place(&pair.load))
    });
    format!("{on}: {} {:?}, {} {:?}{why}", first.task, first.kind, second.task, second.kind)
}

fn without_place(operation: &impl ToString) -> String {
    operation.to_string().split(" at ").next().unwrap_or_default().to_owned()
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
fn every_primitive_that_hands_over_orders() {
    has_none(message(|gate: &Gate| gate.0.release(), |gate| gate.0.acquire()));
    has_none(message(meet, meet));
    has_none(message(set, wait));
    has_none(message(
        |state: &(Mutex<bool>, Condvar)| {
            *state.0.lock() = true;
            state.1.notify_one();
        },
        |(ready, changed)| changed.wait_while(&mut ready.lock(), |ready| !*ready),
    ));
    has_none(message(
        |word: &OnceLock<i32>| set(word),
        |word| {
            while word.get().is_none() {
                hint::spin_loop();
            }
        },
    ));
}

struct Gate(Semaphore);

impl Default for Gate {
    fn default() -> Self {
        Self(Semaphore::new(0))
    }
}

struct Meeting(Barrier);

fn meet(meeting: &Meeting) {
    meeting.0.wait();
}

fn set(word: &OnceLock<i32>) {
    word.set(1).expect("the word is set once");
}

fn wait(word: &OnceLock<i32>) {
    word.wait();
}

fn add(count: &AtomicUsize) {
    count.fetch_add(1, Relaxed);
}

impl Default for Meeting {
    fn default() -> Self {
        Self(Barrier::new(2))
    }
}

#[test]
fn what_an_initialiser_writes_is_seen_by_those_who_find_it_done() {
    has_none(|| {
        let shared = Arc::new((OnceLock::new(), RaceCell::new(0)));
        let touch = |shared: &(OnceLock<()>, RaceCell<i32>)| {
            shared.0.get_or_init(|| shared.1.set(1));
            shared.1.get()
        };
        let other = Arc::clone(&shared);
        let task = thread::spawn(move || touch(&other));
        touch(&shared);
        task.join().expect("touching does not panic");
    });
}

#[test]
fn channels_order_a_receive_after_its_send() {
    for capacity in [0, 1] {
        has_none(move || {
            let (sender, receiver) = bounded(capacity);
            let cell = Arc::new(RaceCell::new(0));
            let other = Arc::clone(&cell);
            let task = thread::spawn(move || {
                other.set(1);
                sender.send(()).expect("the receiver lives");
            });
            receiver.recv().expect("the sender lives");
            cell.set(2);
            task.join().expect("sending does not panic");
        });
    }
}

#[test]
fn what_comes_after_a_send_is_not_ordered() {
    has_one(|| {
        let (sender, receiver) = unbounded();
        let cell = Arc::new(RaceCell::new(0));
        let other = Arc::clone(&cell);
        let task = thread::spawn(move || {
            sender.send(()).expect("the receiver lives");
            other.set(1);
        });
        receiver.recv().expect("the sender lives");
        cell.set(2);
        task.join().expect("sending does not panic");
    });
}

#[test]
fn a_dropped_sender_orders_what_it_did_before() {
    has_none(|| {
        let (sender, receiver) = unbounded::<()>();
        let cell = Arc::new(RaceCell::new(0));
        let other = Arc::clone(&cell);
        let task = thread::spawn(move || {
            other.set(1);
            drop(sender);
        });
        assert!(receiver.recv().is_err(), "nothing is ever sent");
        cell.set(2);
        task.join().expect("dropping does not panic");
    });
}

#[test]
fn a_task_comes_after_what_spawned_it_and_before_what_joins_it() {
    has_none(|| {
        let cell = Arc::new(RaceCell::new(0));
        cell.set(1);
        let other = Arc::clone(&cell);
        thread::spawn(move || other.set(2)).join().expect("writing does not panic");
        assert_eq!(cell.get(), 2);
        thread::scope(|scope| drop(scope.spawn(|| cell.set(3))));
        assert_eq!(cell.get(), 3);
    });
}

#[test]
fn an_unpark_orders_what_follows_the_park() {
    has_none(|| {
        let (main, cell) = (thread::current(), Arc::new(RaceCell::new(0)));
        let other = Arc::clone(&cell);
        let task = thread::spawn(move || {
            other.set(1);
            main.unpark();
        });
        thread::park();
        assert_eq!(cell.get(), 1);
        task.join().expect("unparking does not panic");
    });
}

#[test]
fn async_primitives_order_as_the_others_do() {
    has_none(|| {
        let cell = Arc::new(RaceCell::new(0));
        let (one, other) = (Arc::clone(&cell), Arc::clone(&cell));
        let (sender, receiver) = oneshot::channel();
        let (queue, mut queued) = mpsc::channel(1);
        let (shows, mut watches) = watch::channel(0);
        task::block_on(async move {
            let first = task::spawn(async move {
                one.set(1);
                sender.send(()).expect("the receiver lives");
                queued.recv().await.expect("a message comes");
                one.set(3);
                shows.send_replace(1);
            });
            let second = task::spawn(async move {
                receiver.await.expect("the message comes");
                other.set(2);
                queue.send(()).await.expect("the receiver lives");
                drop(watches.wait_for(|&shown| shown == 1).await.expect("it is shown"));
                other.set(4);
            });
            first.await.expect("the first does not panic");
            second.await.expect("the second does not panic");
            assert_eq!(cell.get(), 4);
        });
    });
}

#[test]
fn async_locks_and_permits_order_what_they_protect() {
    has_none(|| {
        let shared = Arc::new((
            future::Mutex::new(()),
            future::RwLock::new(()),
            future::Semaphore::new(1),
            [RaceCell::new(0), RaceCell::new(0), RaceCell::new(0)],
        ));
        let touch = |shared: Arc<(future::Mutex<()>, future::RwLock<()>, future::Semaphore, _)>| async move {
            let cells: &[RaceCell<i32>; 3] = &shared.3;
            let guard = shared.0.lock().await;
            cells[0].set(1);
            drop(guard);
            let guard = shared.1.write().await;
            cells[1].set(1);
            drop(guard);
            let guard = shared.1.read().await;
            cells[1].get();
            drop(guard);
            let permit = shared.2.acquire().await.expect("nobody closes it");
            cells[2].set(1);
            drop(permit);
        };
        task::block_on(async {
            let tasks = [(); 3].map(|()| task::spawn(touch(Arc::clone(&shared))));
            for task in tasks {
                task.await.expect("touching does not panic");
            }
        });
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

#[test]
fn a_race_is_a_matter_of_its_class() {
    let program: Program = Arc::new(flag(Relaxed, Acquire));
    let mut engine = Controlled::new(Box::new(Random::new(3)), Limits::default());
    let mut classes = std::collections::HashMap::new();
    for number in 0..EXECUTIONS {
        let run = engine.run(&program, number).expect("a walk never ends");
        let has_race = engine.race(Callbacks::Free).is_some();
        assert_eq!(*classes.entry(run.class).or_insert(has_race), has_race);
    }
}
