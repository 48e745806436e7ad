//! What tasks that await ask, and about which line.

use std::{rc::Rc, time::Duration};

use sync::{
    control::Op,
    future::{Barrier, Mutex, Notify, RwLock, Semaphore, mpsc, oneshot, sleep, watch},
    task::block_on,
};

use super::fake::{run, stuck_at};

#[test]
fn who_waits_is_woken() {
    run(|task| {
        let permits = Rc::new(Semaphore::new(0));
        assert_eq!(stuck_at(|| drop(block_on(permits.acquire()))), Op::Await);
        let giver = Rc::clone(&permits);
        task.asked();
        task.before(Op::Await, move || giver.add_permits(1));
        assert!(block_on(permits.acquire()).is_ok());
        assert_eq!(task.asked(), [Op::Acquire, Op::Await, Op::Release]);
    });
}

#[test]
fn nobody_waits_for_what_is_free() {
    run(|task| {
        block_on(async {
            drop(Mutex::new(0).lock().await);
            drop(RwLock::new(0).read().await);
            drop(RwLock::new(0).write().await);
            Barrier::new(1).wait().await;
            sleep(Duration::from_secs(1)).await;
        });
        assert_eq!(task.asked(), [Op::Lock, Op::Read, Op::Write, Op::Arrive, Op::Sleep]);
    });
}

#[test]
fn an_operation_asks_when_it_is_polled() {
    run(|task| {
        let mutex = Mutex::new(0);
        let wait = mutex.lock();
        assert_eq!(task.asked(), []);
        drop(block_on(wait));
        assert_eq!(task.asked(), [Op::Lock]);
    });
}

#[test]
fn a_notification_may_come_before_the_wait_is_made() {
    run(|task| {
        let ready = Rc::new(Notify::new());
        let notifier = Rc::clone(&ready);
        task.before(Op::Load, move || notifier.notify_waiters());
        assert_eq!(stuck_at(|| block_on(ready.notified())), Op::Await);
        let notifier = Rc::clone(&ready);
        task.before(Op::Wait, move || notifier.notify_waiters());
        block_on(ready.notified());
    });
}

#[test]
fn an_await_is_where_a_report_points() {
    run(|task| {
        block_on(async {
            let (sender, receiver) = oneshot::channel();
            sender.send(1).unwrap();
            assert_eq!((receiver.await, task.line()), (Ok(1), line!()));
            let (sender, mut receiver) = mpsc::channel(1);
            sender.send(1).await.unwrap();
            assert_eq!(task.line(), line!() - 1);
            assert_eq!((receiver.recv().await, task.line()), (Some(1), line!()));
        });
    });
}

#[test]
fn a_watched_value_that_is_borrowed_makes_its_sender_wait() {
    run(|task| {
        let (sender, mut receiver) = watch::channel(0);
        let borrowed = receiver.borrow();
        assert_eq!(stuck_at(|| sender.send(1)), Op::Store);
        assert_eq!(*sender.borrow(), 0);
        drop(borrowed);
        let sender = Rc::new(sender);
        let other = Rc::clone(&sender);
        task.before(Op::Await, move || other.send(1).unwrap());
        let value = block_on(receiver.wait_for(|value| *value == 1)).unwrap();
        assert_eq!(stuck_at(|| sender.send(2)), Op::Store);
        assert_eq!(*value, 1);
    });
}

#[test]
fn a_watched_value_that_is_modified_makes_its_readers_wait() {
    run(|_| {
        let (sender, mut receiver) = watch::channel(0);
        sender.send_modify(|_| {
            assert_eq!(stuck_at(|| *receiver.borrow()), Op::Load);
            let wait = || block_on(receiver.wait_for(|_| true)).is_ok();
            assert_eq!(stuck_at(wait), Op::Wait);
            assert_eq!(stuck_at(|| sender.send(2)), Op::Store);
        });
        assert_eq!(*receiver.borrow(), 0);
    });
}
