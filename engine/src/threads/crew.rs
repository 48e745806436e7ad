//! Where the tasks of an engine run: threads, cores, and a Tokio runtime for those that await.

use std::sync::Arc;

use parking_lot::Mutex;
use rustix::thread::{Pid, gettid};
use sync::control;
use tokio::runtime::{Builder, Handle, Runtime};

use super::{
    controller::CONTROLLER,
    placement::{Cores, Placement},
    pool::Pool,
};
use crate::panics;

/// How many workers the runtime has. Two, so that async tasks really run at the same time.
const WORKERS: usize = 2;

/// What the executions of an engine share.
pub(super) struct Crew {
    pub(super) pool: Arc<Pool>,
    pub(super) cores: Cores,
    /// Made when the first async task begins.
    runtime: Mutex<Option<Running>>,
}

/// A runtime, and which threads are its own.
struct Running {
    runtime: Runtime,
    threads: Arc<Mutex<Vec<Pid>>>,
}

impl Crew {
    pub(super) fn new() -> Self {
        let (pool, runtime) = (Arc::default(), Mutex::new(None));
        Self { pool, cores: Cores::allowed(), runtime }
    }

    /// Where async tasks run.
    pub(super) fn runtime(&self) -> Handle {
        let mut runtime = self.runtime.lock();
        runtime.get_or_insert_with(|| Running::new(self.cores.clone())).runtime.handle().clone()
    }

    /// The runtime's threads.
    pub(super) fn runtime_threads(&self) -> Vec<Pid> {
        let runtime = self.runtime.lock();
        runtime.as_ref().map_or_else(Vec::new, |running| running.threads.lock().clone())
    }

    /// Gives the runtime up, with all tasks that are in it, one of which may block its worker for
    /// ever. The next async task begins in a new one.
    pub(super) fn abandon_runtime(&self) {
        let running = self.runtime.lock().take();
        if let Some(Running { runtime, .. }) = running {
            runtime.shutdown_background();
        }
    }
}

impl Running {
    fn new(cores: Cores) -> Self {
        let threads = Arc::new(Mutex::new(Vec::new()));
        let (started, stopped) = (Arc::clone(&threads), Arc::clone(&threads));
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_name("async task thread")
            .enable_time()
            .on_thread_start(move || {
                started.lock().push(gettid());
                // It may have been started by a thread that shares a core.
                cores.place(Placement::Free, 0);
                panics::catch(true);
                // For ever: the thread runs nothing but tasks.
                std::mem::forget(control::install(&CONTROLLER));
            })
            .on_thread_stop(move || stopped.lock().retain(|&thread| thread != gettid()))
            .build()
            .expect("the system can start threads");
        Self { runtime, threads }
    }
}
