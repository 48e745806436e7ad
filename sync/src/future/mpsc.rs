//! Channels with many senders and one receiver: Tokio's, with a question before each operation.
//!
//! ```
//! use sync::{future::mpsc, task};
//!
//! task::block_on(async {
//!     let (sender, mut receiver) = mpsc::channel(1);
//!     task::spawn(async move {
//!         for word in ["foo", "bar"] {
//!             sender.send(word).await.expect("the receiver is alive");
//!         }
//!     });
//!     assert_eq!(receiver.recv().await, Some("foo"));
//!     assert_eq!(receiver.recv().await, Some("bar"));
//!     assert_eq!(receiver.recv().await, None);
//! });
//! ```
//!
//! # Differences from `tokio::sync::mpsc`
//!
//! - Dropping a handle asks nothing: whoever could observe it asks before its own operation.
//! - Room cannot be reserved, senders have no weak form, and a send has no time limit.

mod bounded;
mod unbounded;

pub use tokio::sync::mpsc::error;

pub use self::{
    bounded::{Receiver, Sender, channel},
    unbounded::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};
