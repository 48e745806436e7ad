//! The primitives of tasks that await, on a real runtime.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use sync::{
    future::{self, Barrier, Mutex, Notify, RwLock, Semaphore, TryAcquireError},
    task,
};

/// Runs `tasks` copies of `body`, each as a task of its own on a real runtime.
fn run<F: Future<Output = ()> + Send + 'static>(tasks: usize, body: impl Fn(usize) -> F) {
    task::block_on(async {
        let tasks: Vec<_> = (0..tasks).map(|task| task::spawn(body(task))).collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

fn assert_send<F: Future + Send>(future: F) {
    drop(future);
}

#[test]
fn every_future_can_move_between_threads() {
    assert_send(Mutex::new(1).lock());
    assert_send(RwLock::new(1).read());
    assert_send(RwLock::new(1).write());
    assert_send(Semaphore::new(1).acquire_many(1));
    assert_send(Arc::new(Semaphore::new(1)).acquire_owned());
    assert_send(Notify::new().notified());
    assert_send(Barrier::new(1).wait());
    assert_send(future::sleep(std::time::Duration::ZERO));
    let (sender, mut receiver) = future::mpsc::channel(1);
    assert_send(sender.send(1));
    assert_send(sender.closed());
    assert_send(receiver.recv());
    let (mut sender, receiver) = future::oneshot::channel::<u8>();
    assert_send(sender.closed());
    assert_send(receiver);
    let (sender, mut receiver) = future::watch::channel(1);
    assert_send(sender.closed());
    assert_send(receiver.changed());
    assert_send(receiver.wait_for(|_| true));
}

#[test]
fn a_mutex_excludes_across_an_await() {
    let count = Arc::new(Mutex::new(0));
    run(4, |_| {
        let count = Arc::clone(&count);
        async move {
            for _ in 0..50 {
                let mut count = count.lock().await;
                let seen = *count;
                task::yield_now().await;
                *count = seen + 1;
            }
        }
    });
    assert!(count.try_lock().is_ok_and(|count| *count == 200));
}

#[test]
fn a_mutex_is_tried() {
    let mut word = Mutex::new("foo");
    let guard = word.try_lock().unwrap();
    assert!(word.try_lock().is_err());
    drop(guard);
    *word.get_mut() = "bar";
    assert_eq!(word.into_inner(), "bar");
}

#[test]
fn no_reader_sees_half_a_write() {
    let pair = Arc::new(RwLock::new((0, 0)));
    run(3, |task| {
        let pair = Arc::clone(&pair);
        async move {
            for round in 1..=50 {
                if task == 0 {
                    let mut pair = pair.write().await;
                    pair.0 = round;
                    task::yield_now().await;
                    pair.1 = round;
                } else {
                    let pair = pair.read().await;
                    assert_eq!(pair.0, pair.1);
                }
            }
        }
    });
    assert!(pair.try_write().is_ok_and(|pair| *pair == (50, 50)));
}

#[test]
fn readers_share_and_writers_do_not() {
    let word = RwLock::new("foo");
    let readers = (word.try_read().unwrap(), word.try_read().unwrap());
    assert!(word.try_write().is_err());
    drop(readers);
    let _writer = word.try_write().unwrap();
    assert!(word.try_read().is_err());
}

#[test]
fn permits_are_counted() {
    let permits = Arc::new(Semaphore::new(3));
    let two = permits.try_acquire_many(2).unwrap();
    assert_eq!(two.num_permits(), 2);
    assert_eq!(permits.available_permits(), 1);
    let owned = Arc::clone(&permits).try_acquire_owned().unwrap();
    assert_eq!(permits.try_acquire().unwrap_err(), TryAcquireError::NoPermits);
    assert!(Arc::ptr_eq(owned.semaphore(), &permits));
    drop(owned);
    two.forget();
    permits.add_permits(1);
    assert_eq!(permits.available_permits(), 2);
    Arc::clone(&permits).try_acquire_owned().unwrap().forget();
    assert_eq!(permits.available_permits(), 1);
}

#[test]
fn no_more_are_in_than_there_are_permits() {
    let state = Arc::new((Semaphore::new(2), AtomicUsize::new(0)));
    run(4, |_| {
        let state = Arc::clone(&state);
        async move {
            let (permits, inside) = &*state;
            for _ in 0..50 {
                let _permit = permits.acquire().await.unwrap();
                assert!(inside.fetch_add(1, SeqCst) < 2);
                task::yield_now().await;
                inside.fetch_sub(1, SeqCst);
            }
        }
    });
    assert_eq!(state.0.available_permits(), 2);
}

#[test]
fn a_closed_semaphore_turns_everybody_away() {
    let permits = Arc::new(Semaphore::new(0));
    run(2, |task| {
        let permits = Arc::clone(&permits);
        async move {
            if task == 0 {
                assert!(permits.acquire().await.is_err());
            } else {
                permits.close();
            }
        }
    });
    assert!(permits.is_closed());
    assert_eq!(permits.try_acquire().unwrap_err(), TryAcquireError::Closed);
    assert!(task::block_on(Arc::clone(&permits).acquire_owned()).is_err());
}

#[test]
fn each_round_of_a_barrier_has_one_leader() {
    let state = Arc::new((Barrier::new(3), AtomicUsize::new(0)));
    run(3, |_| {
        let state = Arc::clone(&state);
        async move {
            let (meeting, leaders) = &*state;
            for _ in 0..20 {
                leaders.fetch_add(usize::from(meeting.wait().await.is_leader()), SeqCst);
            }
        }
    });
    assert_eq!(state.1.load(SeqCst), 20);
}

#[test]
fn one_notification_that_comes_first_is_kept() {
    let ready = Notify::new();
    ready.notify_one();
    ready.notify_one();
    task::block_on(ready.notified());
    let mut second = std::pin::pin!(ready.notified());
    assert!(!second.as_mut().enable());
    ready.notify_one();
    task::block_on(second);
}

#[test]
fn all_who_have_asked_to_be_notified_are() {
    let ready = Notify::default();
    let waits = [ready.notified(), ready.notified()];
    ready.notify_waiters();
    task::block_on(async {
        for wait in waits {
            wait.await;
        }
    });
    let mut late = std::pin::pin!(ready.notified());
    assert!(!late.as_mut().enable());
}

#[test]
fn a_task_that_panics_says_so() {
    task::block_on(async {
        let task = task::spawn(async { std::panic::resume_unwind(Box::new("lost")) });
        assert_eq!(task.await.map(|()| "returned"), Err(task::JoinError));
    });
}
