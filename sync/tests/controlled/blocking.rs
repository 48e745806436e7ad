//! What makes a blocking operation wait.

use std::{cell::Cell, rc::Rc, time::Duration};

use sync::{
    Barrier, Mutex, OnceLock, RwLock, Semaphore,
    atomic::{AtomicBool, Ordering::SeqCst, fence},
    control::Op,
};

use super::fake::{run, stuck_at};

#[test]
fn a_lock_that_is_held_makes_wait() {
    run(|task| {
        let mutex = Mutex::new(0);
        let _guard = mutex.lock();
        assert_eq!(stuck_at(|| drop(mutex.lock())), Op::Lock);
        assert!(mutex.try_lock().is_none());
        assert!(mutex.try_lock_for(Duration::from_secs(1)).is_none());
        assert_eq!(task.asked(), [Op::Lock, Op::Lock, Op::TryLock, Op::TryLock]);
    });
}

#[test]
fn a_writer_excludes_and_readers_share() {
    run(|_| {
        let lock = RwLock::new(0);
        let readers = (lock.read(), lock.read());
        assert_eq!(stuck_at(|| drop(lock.write())), Op::Write);
        assert!(lock.try_write().is_none() && lock.try_read().is_some());
        drop(readers);
        let _writer = lock.write();
        assert_eq!(stuck_at(|| drop(lock.read())), Op::Read);
        assert_eq!(stuck_at(|| drop(lock.write())), Op::Write);
    });
}

#[test]
fn permits_and_meetings_make_wait() {
    run(|task| {
        let permits = Semaphore::new(1);
        assert_eq!(stuck_at(|| permits.acquire_many(2)), Op::Acquire);
        permits.acquire();
        assert_eq!(stuck_at(|| permits.acquire()), Op::Acquire);
        let meeting = Rc::new(Barrier::new(2));
        let other = Rc::clone(&meeting);
        task.before(Op::Pass, move || assert!(other.wait().is_leader()));
        assert!(!meeting.wait().is_leader());
        assert_eq!(stuck_at(|| meeting.wait()), Op::Pass);
    });
}

#[test]
fn an_initialiser_may_be_suspended() {
    run(|task| {
        let (cell, gate) = (Rc::new(OnceLock::new()), AtomicBool::new(true));
        let others = Rc::clone(&cell);
        task.before(Op::Load, move || {
            assert_eq!(stuck_at(|| *others.get_or_init(|| false)), Op::Once);
            assert_eq!(stuck_at(|| others.set(false)), Op::Once);
            assert_eq!(stuck_at(|| *others.wait()), Op::Once);
            assert_eq!(others.get(), None);
        });
        assert!(*cell.get_or_init(|| gate.load(SeqCst)));
        assert!(*cell.get_or_init(|| false));
        assert_eq!(cell.set(false), Err(false));
    });
}

#[test]
fn an_initialiser_that_ends_early_lets_others_in() {
    run(|_| {
        let cell = OnceLock::new();
        assert_eq!(stuck_at(|| *cell.get_or_init(|| *cell.wait())), Op::Once);
        assert_eq!(cell.get_or_init(|| 1), &1);
    });
}

#[test]
fn an_update_is_one_operation() {
    run(|task| {
        let flag = Rc::new(AtomicBool::new(false));
        let (other, tries) = (Rc::clone(&flag), Cell::new(0));
        task.before(Op::Fence, move || other.store(true, SeqCst));
        let update = |value: bool| {
            if tries.replace(tries.get() + 1) == 0 {
                fence(SeqCst);
            }
            Some(!value)
        };
        assert_eq!(flag.fetch_update(SeqCst, SeqCst, update), Ok(true));
        assert_eq!(tries.get(), 2);
        assert_eq!(task.asked(), [Op::Update, Op::Fence, Op::Store]);
    });
}
