//! Whatever hands something over orders what comes after behind what came before.

use std::sync::Arc;

use sync::{
    Barrier, Condvar, Mutex, OnceLock, Semaphore,
    cell::RaceCell,
    channel::{bounded, unbounded},
    future::{self, mpsc, oneshot, watch},
    hint, task, thread,
};

use super::{has_none, has_one, message};

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
