//! Channels between tasks that block: crossbeam's, with a question before each operation.
//!
//! ```
//! let (sender, receiver) = sync::channel::bounded(1);
//! sync::thread::spawn(move || {
//!     for word in ["foo", "bar"] {
//!         sender.send(word).expect("the receiver is alive");
//!     }
//! });
//! assert_eq!(receiver.iter().collect::<String>(), "foobar");
//! ```
//!
//! # Differences from `crossbeam-channel`
//!
//! - There is no `select!`, no deadline, and none of the channels that are clocks.
//! - Under control a time limit may run out at any moment, and of several tasks that wait the
//!   strategy picks the next one.
//! - Under control a channel without room takes two steps where it has to wait: a task arrives, and
//!   passes when its partner has come.
//! - Dropping a handle asks nothing: whoever could observe it asks before its own operation.

mod iter;
mod receiver;
mod rendezvous;
mod sender;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

pub use crossbeam_channel::{
    RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
};

use self::rendezvous::Rendezvous;
pub use self::{
    iter::{IntoIter, Iter, TryIter},
    receiver::Receiver,
    sender::Sender,
};
use crate::control::{self, Kind, Op, Resource, Visible};

/// A channel with room for `capacity` messages. Without any room, each send waits for the receive
/// that takes its message.
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let rendezvous = (capacity == 0).then(Rendezvous::default);
    handles(crossbeam_channel::bounded(capacity), rendezvous)
}

/// A channel with room for any number of messages.
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    handles(crossbeam_channel::unbounded(), None)
}

fn handles<T>(
    (sender, receiver): (crossbeam_channel::Sender<T>, crossbeam_channel::Receiver<T>),
    rendezvous: Option<Rendezvous<T>>,
) -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        resource: Resource::new(Kind::Channel),
        senders: AtomicUsize::new(0),
        receivers: AtomicUsize::new(0),
        rendezvous,
    });
    (Sender::new(sender, Arc::clone(&shared)), Receiver::new(receiver, shared))
}

/// What all handles of one channel share besides crossbeam's own part.
struct Shared<T> {
    resource: Resource,
    /// How many handles there are on each side, which crossbeam does not tell. Only read under
    /// control, where one OS thread runs everything: Relaxed is enough.
    senders: AtomicUsize,
    receivers: AtomicUsize,
    /// Used under control by a channel without room, since crossbeam's then really blocks.
    rendezvous: Option<Rendezvous<T>>,
}

impl<T> Shared<T> {
    /// Where messages change hands without crossbeam, if that is how it is done now.
    fn rendezvous(&self) -> Option<&Rendezvous<T>> {
        self.rendezvous.as_ref().filter(|_| control::is_cooperative())
    }

    /// Waits in a rendezvous while `test` does not hold, or until the time runs out.
    #[track_caller]
    fn wait(&self, limit: Limit, test: impl Fn(&Self) -> bool) {
        drop(match limit {
            Limit::None => control::ask(Op::Pass, self, test),
            Limit::Timed => control::step_timed(Op::Pass, self),
        });
    }

    fn has_senders(&self) -> bool {
        self.senders.load(Relaxed) > 0
    }

    fn has_receivers(&self) -> bool {
        self.receivers.load(Relaxed) > 0
    }
}

/// Whether a wait ends by itself.
#[derive(Clone, Copy)]
enum Limit {
    None,
    Timed,
}

impl<T> Visible for Shared<T> {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}
