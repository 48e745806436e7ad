//! Channels against crossbeam's.

use std::time::Duration;

use sync::{
    channel::{
        RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
        bounded, unbounded,
    },
    thread,
};

/// Does the same to a channel of ours and to one of crossbeam's, and compares what they say.
fn agrees_with_crossbeam(capacity: Option<usize>) {
    let ((sender, receiver), model) = match capacity {
        Some(capacity) => (bounded(capacity), crossbeam_channel::bounded(capacity)),
        None => (unbounded(), crossbeam_channel::unbounded()),
    };
    // A fixed mixture with runs of sends and of receives in it.
    for step in 0..200_u32 {
        if step * step % 7 < 3 {
            assert_eq!(sender.try_send(step), model.0.try_send(step));
        } else {
            assert_eq!(receiver.try_recv(), model.1.try_recv());
        }
        assert_eq!(sender.len(), model.0.len());
        assert_eq!(receiver.len(), model.1.len());
        assert_eq!(sender.is_empty(), model.0.is_empty());
        assert_eq!(receiver.is_empty(), model.1.is_empty());
        assert_eq!(sender.is_full(), model.0.is_full());
        assert_eq!(receiver.is_full(), model.1.is_full());
    }
    assert_eq!(sender.capacity(), model.0.capacity());
    assert_eq!(receiver.capacity(), model.1.capacity());
    drop((sender, model.0));
    assert_eq!(receiver.try_recv(), model.1.try_recv());
    assert_eq!(receiver.iter().collect::<Vec<_>>(), model.1.iter().collect::<Vec<_>>());
    assert_eq!(receiver.recv(), model.1.recv());
}

#[test]
fn every_capacity_agrees_with_crossbeam() {
    for capacity in [Some(0), Some(1), Some(3), None] {
        agrees_with_crossbeam(capacity);
    }
}

#[test]
fn messages_of_one_sender_keep_their_order() {
    for (sender, receiver) in [bounded(0), bounded(1), bounded(3), unbounded()] {
        thread::scope(|scope| {
            scope.spawn(move || (0..100).for_each(|number| sender.send(number).unwrap()));
            assert!(receiver.into_iter().eq(0..100));
        });
    }
}

#[test]
fn every_message_goes_to_one_receiver() {
    for (sender, receiver) in [bounded(0), bounded(2), unbounded()] {
        let mut all = thread::scope(|scope| {
            for first in [0, 100] {
                let sender = sender.clone();
                scope.spawn(move || (first..first + 100).for_each(|n| sender.send(n).unwrap()));
            }
            drop(sender);
            let receivers = [receiver.clone(), receiver];
            let tasks = receivers.map(|all| scope.spawn(move || all.iter().collect::<Vec<_>>()));
            tasks.map(|task| task.join().unwrap()).concat()
        });
        all.sort_unstable();
        assert!(all.into_iter().eq(0..200));
    }
}

#[test]
fn without_a_receiver_a_message_comes_back() {
    for (sender, receiver) in [bounded(0), bounded(1), unbounded()] {
        drop(receiver);
        assert_eq!(sender.send(1), Err(SendError(1)));
        assert_eq!(sender.try_send(2), Err(TrySendError::Disconnected(2)));
        let timed = sender.send_timeout(3, Duration::ZERO);
        assert_eq!(timed, Err(SendTimeoutError::Disconnected(3)));
    }
}

#[test]
fn without_a_sender_nothing_is_received() {
    for (sender, receiver) in [bounded::<u8>(0), bounded(1), unbounded()] {
        drop(sender);
        assert_eq!(receiver.recv(), Err(RecvError));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
        assert_eq!(receiver.recv_timeout(Duration::ZERO), Err(RecvTimeoutError::Disconnected));
        assert_eq!((&receiver).into_iter().next(), None);
    }
}

#[test]
fn a_limit_of_no_time_is_kept() {
    for (sender, receiver) in [bounded(0), bounded(1)] {
        assert_eq!(receiver.recv_timeout(Duration::ZERO), Err(RecvTimeoutError::Timeout));
        let room = sender.capacity().unwrap();
        (0..room).for_each(|number| sender.send_timeout(number, Duration::ZERO).unwrap());
        let timed = sender.send_timeout(room, Duration::ZERO);
        assert_eq!(timed, Err(SendTimeoutError::Timeout(room)));
        assert!(receiver.try_iter().eq(0..room));
    }
}

#[test]
fn a_disconnect_ends_a_wait() {
    for (sender, receiver) in [bounded::<u8>(0), bounded(1), unbounded()] {
        thread::scope(|scope| {
            let waiter = scope.spawn(move || receiver.recv());
            drop(sender);
            assert_eq!(waiter.join().unwrap(), Err(RecvError));
        });
    }
}
