//! Channels without room, where two tasks have to meet.

use std::time::Duration;

use sync::{
    channel::{
        RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
        bounded,
    },
    control::Op,
};

use super::fake::{run, stuck_at};

/// Under control no time passes, so that any limit will do.
const LIMIT: Duration = Duration::from_secs(1);

#[test]
fn nobody_is_there() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        assert_eq!(sender.try_send(1), Err(TrySendError::Full(1)));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        assert_eq!(task.asked(), [Op::TrySend, Op::TryReceive]);
        assert_eq!(stuck_at(|| sender.send(1)), Op::Pass);
    });
    run(|task| {
        let (_sender, receiver) = bounded::<u8>(0);
        assert_eq!(stuck_at(|| receiver.recv()), Op::Pass);
        assert_eq!(task.asked(), [Op::Receive, Op::Pass]);
    });
}

#[test]
fn a_waiting_send_is_taken_by_a_receive() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || {
            assert_eq!(receiver.recv(), Ok(1));
            assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        });
        assert_eq!(sender.send(1), Ok(()));
        assert_eq!(task.asked(), [Op::Send, Op::Pass, Op::Receive, Op::TryReceive]);
    });
}

#[test]
fn a_waiting_send_is_taken_by_a_try() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || assert_eq!(receiver.try_recv(), Ok(1)));
        assert_eq!(sender.send(1), Ok(()));
    });
}

#[test]
fn a_waiting_receive_is_given_a_message() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || assert_eq!(sender.send(1), Ok(())));
        assert_eq!(receiver.recv(), Ok(1));
        assert_eq!(task.asked(), [Op::Receive, Op::Pass, Op::Send]);
    });
}

#[test]
fn a_waiting_receive_is_given_one_message_only() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || {
            assert_eq!(sender.try_send(1), Ok(()));
            assert_eq!(sender.try_send(2), Err(TrySendError::Full(2)));
        });
        assert_eq!(receiver.recv(), Ok(1));
    });
}

#[test]
fn who_waits_longer_is_served_first() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        let second = sender.clone();
        task.before(Op::Pass, move || assert_eq!(second.send(2), Ok(())));
        task.before(Op::Pass, move || assert!(receiver.try_iter().eq([1, 2])));
        assert_eq!(sender.send(1), Ok(()));
    });
}

#[test]
fn out_of_time_everybody_leaves() {
    run(|_| {
        let (sender, receiver) = bounded(0);
        assert_eq!(sender.send_timeout(1, LIMIT), Err(SendTimeoutError::Timeout(1)));
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        assert_eq!(receiver.recv_timeout(LIMIT), Err(RecvTimeoutError::Timeout));
        assert_eq!(sender.try_send(2), Err(TrySendError::Full(2)));
    });
}

#[test]
fn two_with_little_time_meet() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || assert_eq!(receiver.recv_timeout(LIMIT), Ok(1)));
        assert_eq!(sender.send_timeout(1, LIMIT), Ok(()));
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || assert_eq!(sender.send_timeout(1, LIMIT), Ok(())));
        assert_eq!(receiver.recv_timeout(LIMIT), Ok(1));
    });
}

#[test]
fn without_a_receiver_a_message_comes_back() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        let last = receiver.clone();
        drop(receiver);
        task.before(Op::Pass, move || drop(last));
        assert_eq!(sender.send(1), Err(SendError(1)));
        assert_eq!(task.asked(), [Op::Send, Op::Pass]);
        assert_eq!(sender.send(2), Err(SendError(2)));
        assert_eq!(task.asked(), [Op::Send]);
        assert_eq!(sender.try_send(3), Err(TrySendError::Disconnected(3)));
        assert_eq!(sender.send_timeout(4, LIMIT), Err(SendTimeoutError::Disconnected(4)));
    });
}

#[test]
fn without_a_sender_nothing_is_received() {
    run(|task| {
        let (sender, receiver) = bounded::<u8>(0);
        task.before(Op::Pass, move || drop(sender));
        assert_eq!(receiver.recv(), Err(RecvError));
        assert_eq!(task.asked(), [Op::Receive, Op::Pass]);
        assert_eq!(receiver.recv(), Err(RecvError));
        assert_eq!(task.asked(), [Op::Receive]);
        assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
        assert_eq!(receiver.recv_timeout(LIMIT), Err(RecvTimeoutError::Disconnected));
    });
}

#[test]
fn a_message_given_by_the_last_sender_is_received() {
    run(|task| {
        let (sender, receiver) = bounded(0);
        task.before(Op::Pass, move || {
            assert_eq!(sender.send(1), Ok(()));
            drop(sender);
        });
        assert_eq!(receiver.recv(), Ok(1));
    });
}

#[test]
fn a_channel_may_change_its_controller() {
    let (sender, receiver) = bounded(0);
    run(|task| {
        let receiver = receiver.clone();
        task.before(Op::Pass, move || assert_eq!(receiver.recv(), Ok(1)));
        assert_eq!(sender.send(1), Ok(()));
    });
    sync::thread::scope(|scope| {
        scope.spawn(|| sender.send(2).unwrap());
        assert_eq!(receiver.recv(), Ok(2));
    });
}
