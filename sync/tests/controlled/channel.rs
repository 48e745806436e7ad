//! Channels with room.

use std::time::Duration;

use sync::{
    channel::{
        RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
        bounded, unbounded,
    },
    control::Op,
};

use super::fake::{run, stuck_at};

/// Under control no time passes, so that any limit will do.
const LIMIT: Duration = Duration::from_secs(1);

#[test]
fn a_send_waits_for_room() {
    run(|task| {
        let (sender, receiver) = bounded(1);
        assert_eq!(sender.send(1), Ok(()));
        assert_eq!(sender.try_send(2), Err(TrySendError::Full(2)));
        assert_eq!(sender.send_timeout(2, LIMIT), Err(SendTimeoutError::Timeout(2)));
        assert_eq!(stuck_at(|| sender.send(2)), Op::Send);
        task.before(Op::Send, move || assert_eq!(receiver.recv(), Ok(1)));
        assert_eq!(sender.send(2), Err(SendError(2)));
    });
}

#[test]
fn a_receive_waits_for_a_message() {
    run(|task| {
        for (sender, receiver) in [bounded(1), unbounded()] {
            assert_eq!(stuck_at(|| receiver.recv()), Op::Receive);
            assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
            assert_eq!(receiver.recv_timeout(LIMIT), Err(RecvTimeoutError::Timeout));
            task.before(Op::Receive, move || assert_eq!(sender.send(1), Ok(())));
            assert_eq!(receiver.iter().collect::<Vec<_>>(), [1]);
        }
    });
}

#[test]
fn a_disconnect_ends_a_wait() {
    run(|task| {
        let (sender, receiver) = bounded::<u8>(1);
        let clone = sender.clone();
        drop(sender);
        task.before(Op::Receive, move || drop(clone));
        assert_eq!(receiver.recv(), Err(RecvError));
        let (sender, receiver) = bounded(1);
        sender.send(1).unwrap();
        task.before(Op::Send, move || drop(receiver));
        assert_eq!(sender.send(2), Err(SendError(2)));
        assert_eq!(sender.send_timeout(3, LIMIT), Err(SendTimeoutError::Disconnected(3)));
    });
}

#[test]
fn a_loop_is_where_a_report_points() {
    run(|task| {
        let (sender, receiver) = unbounded();
        sender.send(1).unwrap();
        drop(sender);
        let line = line!() + 1;
        for message in &receiver {
            assert_eq!((message, task.line()), (1, line));
        }
    });
}
