//! Mutexes, condition variables and read-write locks on OS threads.

use sync::{Barrier, Condvar, Mutex, MutexGuard, RwLock, thread};

#[test]
fn a_mutex_excludes() {
    let count = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let mut count = count.lock();
                    let seen = *count;
                    *count = seen + 1;
                }
            });
        }
    });
    assert_eq!(count.into_inner(), 2000);
}

#[test]
fn a_mutex_is_tried() {
    let (ours, theirs) = (Mutex::new(1), parking_lot::Mutex::new(1));
    let guards = (ours.try_lock(), theirs.try_lock());
    assert_eq!(guards.0.as_deref(), guards.1.as_deref());
    assert!(ours.try_lock().is_none() && theirs.try_lock().is_none());
    assert!(ours.is_locked());
    drop(guards);
    assert!(ours.try_lock().is_some() && theirs.try_lock().is_some());
}

#[test]
fn a_mutex_is_free_while_its_guard_is_unlocked() {
    let word = Mutex::new("foo");
    let mut guard = word.lock();
    MutexGuard::unlocked(&mut guard, || *word.lock() = "bar");
    assert_eq!(*guard, "bar");
}

#[test]
fn a_waiter_sees_the_change() {
    let (turn, changed) = (Mutex::new(0), Condvar::new());
    thread::scope(|scope| {
        for me in 0..3 {
            let (turn, changed) = (&turn, &changed);
            scope.spawn(move || {
                let mut next = turn.lock();
                changed.wait_while(&mut next, |next| *next != me);
                *next += 1;
                changed.notify_all();
            });
        }
    });
    assert_eq!(turn.into_inner(), 3);
}

#[test]
fn readers_share_and_writers_do_not() {
    let word = RwLock::new("foo");
    let (reader, other) = (word.read(), word.try_read().unwrap());
    assert_eq!(*reader, *other);
    assert!(word.try_write().is_none());
    drop((reader, other));
    let writer = word.try_write().unwrap();
    assert!(word.try_write().is_none());
    assert!(word.try_read().is_none());
    drop(writer);
    assert!(word.try_read().is_some());
}

#[test]
fn readers_are_in_at_the_same_time() {
    let (value, both_are_in) = (RwLock::new(()), Barrier::new(2));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let _reading = value.read();
                both_are_in.wait();
            });
        }
    });
}

#[test]
fn no_reader_sees_half_a_write() {
    let pair = RwLock::new((0, 0));
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 1..=200 {
                let mut pair = pair.write();
                pair.0 = round;
                pair.1 = round;
            }
        });
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let pair = pair.read();
                    assert_eq!(pair.0, pair.1);
                }
            });
        }
    });
    assert_eq!(pair.into_inner(), (200, 200));
}

#[test]
fn an_owner_needs_no_lock() {
    let (mut mutex, mut lock) = (Mutex::<u8>::default(), RwLock::<u8>::default());
    *mutex.get_mut() += 1;
    *lock.get_mut() += 2;
    assert_eq!((mutex.into_inner(), lock.into_inner()), (1, 2));
}
