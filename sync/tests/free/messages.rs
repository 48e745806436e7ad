//! The channels of tasks that await, on a real runtime.

use sync::{
    future::{
        mpsc::{
            self,
            error::{SendError, TryRecvError, TrySendError},
        },
        oneshot, watch,
    },
    task,
};

#[test]
fn messages_of_one_sender_keep_their_order() {
    task::block_on(async {
        let (sender, mut receiver) = mpsc::channel(2);
        let (unbounded, mut numbers) = mpsc::unbounded_channel();
        task::spawn(async move {
            for number in 0..100 {
                sender.send(number).await.unwrap();
                unbounded.send(number).unwrap();
            }
        });
        for number in 0..100 {
            assert_eq!(receiver.recv().await, Some(number));
            assert_eq!(numbers.recv().await, Some(number));
        }
        assert_eq!(receiver.recv().await, None);
        assert_eq!(numbers.recv().await, None);
    });
}

#[test]
fn a_full_channel_refuses() {
    let (sender, mut receiver) = mpsc::channel(1);
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(sender.try_send(1), Ok(()));
    assert_eq!((sender.capacity(), sender.max_capacity()), (0, 1));
    assert_eq!(sender.clone().try_send(2), Err(TrySendError::Full(2)));
    assert_eq!((receiver.len(), receiver.is_empty()), (1, false));
    drop(sender);
    assert_eq!(receiver.try_recv(), Ok(1));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
}

#[test]
fn a_closed_channel_is_emptied() {
    task::block_on(async {
        let (sender, mut receiver) = mpsc::channel(2);
        sender.send(1).await.unwrap();
        receiver.close();
        sender.closed().await;
        assert!(sender.is_closed());
        assert_eq!(sender.send(2).await, Err(SendError(2)));
        assert_eq!(sender.try_send(3), Err(TrySendError::Closed(3)));
        assert_eq!(receiver.recv().await, Some(1));
        assert_eq!(receiver.recv().await, None);
    });
}

#[test]
fn a_closed_unbounded_channel_is_emptied() {
    task::block_on(async {
        let (sender, mut receiver) = mpsc::unbounded_channel();
        sender.clone().send(1).unwrap();
        assert_eq!((receiver.len(), receiver.is_empty()), (1, false));
        receiver.close();
        sender.closed().await;
        assert!(sender.is_closed());
        assert_eq!(sender.send(2), Err(SendError(2)));
        assert_eq!(receiver.try_recv(), Ok(1));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    });
}

#[test]
fn a_oneshot_carries_one_message() {
    task::block_on(async {
        let (sender, receiver) = oneshot::channel();
        task::spawn(async move { sender.send(1) });
        assert_eq!(receiver.await, Ok(1));
    });
}

#[test]
fn a_oneshot_is_tried() {
    let (sender, mut receiver) = oneshot::channel();
    assert_eq!(receiver.try_recv(), Err(oneshot::error::TryRecvError::Empty));
    assert_eq!(sender.send(1), Ok(()));
    assert_eq!(receiver.try_recv(), Ok(1));
    assert_eq!(receiver.try_recv(), Err(oneshot::error::TryRecvError::Closed));
}

#[test]
fn a_oneshot_without_its_other_half_fails() {
    let (sender, receiver) = oneshot::channel::<u8>();
    drop(sender);
    assert!(task::block_on(receiver).is_err());
    let (mut sender, mut receiver) = oneshot::channel();
    receiver.close();
    task::block_on(sender.closed());
    assert!(sender.is_closed());
    assert_eq!(sender.send(1), Err(1));
}

#[test]
fn a_watcher_sees_the_last_value() {
    task::block_on(async {
        let (sender, mut receiver) = watch::channel(0);
        assert!(!receiver.has_changed().unwrap());
        sender.send(1).unwrap();
        assert_eq!(sender.send_replace(2), 1);
        sender.send_modify(|value| *value += 1);
        assert!(!sender.send_if_modified(|_| false));
        assert!(receiver.has_changed().unwrap());
        assert_eq!(*receiver.borrow(), 3);
        assert!(receiver.has_changed().unwrap());
        assert_eq!(*receiver.borrow_and_update(), 3);
        assert!(!receiver.has_changed().unwrap());
        receiver.mark_changed();
        receiver.changed().await.unwrap();
    });
}

#[test]
fn a_watcher_that_waits_is_told() {
    task::block_on(async {
        let (sender, mut receiver) = watch::channel(0);
        let mut other = receiver.clone();
        let task =
            task::spawn(async move { other.wait_for(|value| *value == 3).await.map(|v| *v) });
        task::spawn(async move { (1..=3).for_each(|value| sender.send(value).unwrap()) });
        assert_eq!(task.await.unwrap().unwrap(), 3);
        assert_eq!(*receiver.wait_for(|value| *value == 3).await.unwrap(), 3);
        assert!(receiver.changed().await.is_err());
        assert!(receiver.wait_for(|value| *value == 4).await.is_err());
    });
}

#[test]
fn without_a_watcher_a_value_comes_back() {
    let (sender, receiver) = watch::channel(0);
    let new = sender.subscribe();
    assert_eq!(sender.receiver_count(), 2);
    drop((receiver, new));
    task::block_on(sender.closed());
    assert!(sender.is_closed());
    assert_eq!(sender.send(1).unwrap_err().0, 1);
    assert_eq!(*sender.clone().borrow(), 0);
}
