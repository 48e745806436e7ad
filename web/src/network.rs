//! The one thread that talks to the network, with a runtime of its own, whoever asks: threads that
//! block, or tasks of another runtime.
//!
//! One thread is what keeps the number of connections exact. A connection that has given its whole
//! answer is back in the pool before anyone else on the thread runs; with more threads, the next
//! request would sometimes come first and open one more.

use std::{io, thread};

use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

/// The thread, until this is dropped.
#[derive(Debug)]
pub(crate) struct Network {
    handle: Handle,
    /// Dropped with this, which ends the thread.
    _until: oneshot::Sender<()>,
}

impl Network {
    pub(crate) fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (until, over) = oneshot::channel::<()>();
        thread::Builder::new().name("network".to_owned()).spawn(move || {
            // The error says that the other end is gone, which is what is waited for.
            let _ = runtime.block_on(over);
            // A page that is being parsed is nobody's any more.
            runtime.shutdown_background();
        })?;
        Ok(Self { handle, _until: until })
    }

    /// Where to spawn what uses the network.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}
