//! Tasks that await: Tokio's with nobody in control or on the threads engine, the controller's own
//! otherwise.

use std::{
    borrow::Cow,
    fmt,
    future::Future,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{
            AtomicBool,
            Ordering::{Acquire, Release},
        },
    },
    task::{Context, Poll, Wake, Waker},
};

use tokio::{runtime, sync::oneshot};

use crate::{
    control::{self, Controller, Kind, Note, Op, Resource, Visible},
    thread,
};

/// An async task that can be awaited.
///
/// # Differences from `tokio::task::JoinHandle`
///
/// Dropping it lets the task run on, as Tokio's does; there is no aborting.
pub struct JoinHandle<T> {
    result: oneshot::Receiver<T>,
    /// The task, where there is a controller; asked for once, by the first poll.
    task: Option<Joined>,
}

/// A task, to those who wait for its end.
enum Joined {
    /// One of the controller's own.
    Task(thread::JoinHandle<()>),
    /// One in a runtime.
    Elsewhere(Resource),
}

/// The task panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinError;

/// Begins an async task.
///
/// # Panics
///
/// With nobody in control and outside a Tokio runtime.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    spawn_named(None, future)
}

/// Begins an async task whose name reports use.
///
/// # Panics
///
/// With nobody in control and outside a Tokio runtime.
#[track_caller]
pub fn spawn_named<F>(name: Option<Cow<'static, str>>, future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let (sender, result) = oneshot::channel();
    let whole = async move {
        // Nobody may be waiting for the result: a detached task.
        let _ = sender.send(future.await);
    };
    let Some(controller) = control::current() else {
        drop(tokio::spawn(whole));
        return JoinHandle { result, task: None };
    };
    JoinHandle { result, task: Some(begin(controller, name, whole)) }
}

/// Begins an async task where `controller` wants it.
#[track_caller]
fn begin(
    controller: &'static dyn Controller,
    name: Option<Cow<'static, str>>,
    future: impl Future<Output = ()> + Send + 'static,
) -> Joined {
    let Some(runtime) = controller.runtime() else {
        return Joined::Task(thread::spawn_named(name, || drive(pin!(future))));
    };
    let resource = Resource::new(Kind::Task);
    runtime.spawn(name, &resource, Box::pin(future));
    Joined::Elsewhere(resource)
}

/// Polls `future` until it is ready, on the calling thread.
///
/// With nobody in control it runs in the Tokio runtime that the thread is in, or in one of its own.
pub fn block_on<F: Future>(future: F) -> F::Output {
    match control::current() {
        None => {
            if let Ok(handle) = runtime::Handle::try_current() {
                return handle.block_on(future);
            }
            let runtime = runtime::Runtime::new().expect("the system can start threads");
            runtime.block_on(future)
        }
        Some(controller) => match controller.runtime() {
            None => drive(pin!(future)),
            Some(runtime) => {
                let mut answer = None;
                runtime.block_on(pin!(async { answer = Some(future.await) }));
                answer.expect("the runtime has polled the future to its end")
            }
        },
    }
}

/// Lets others go first.
pub async fn yield_now() {
    let turn = Resource::new(Kind::Clock);
    control::step(Op::Yield, &turn);
    if !control::is_cooperative() {
        tokio::task::yield_now().await;
    }
}

/// Polls `future` until it is ready, on a controller's task: while it is pending, the task's next
/// operation is to be polled again, possible once its waker has been called.
fn drive<F: Future>(mut future: Pin<&mut F>) -> F::Output {
    let woken =
        Arc::new(Woken { resource: Resource::new(Kind::Task), flag: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    control::note(Note::Awaits, &woken.resource);
    loop {
        woken.flag.store(false, Release);
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        drop(control::ask(Op::Await, &*woken, |woken| woken.flag.load(Acquire)));
    }
}

/// Remembers that a task's waker was called.
struct Woken {
    resource: Resource,
    flag: AtomicBool,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        control::note(Note::Woken, &self.resource);
        self.flag.store(true, Release);
    }
}

impl Visible for Woken {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    // An `.await` polls from its own line, so that is where the question points.
    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.task.take() {
            Some(Joined::Task(task)) => control::poll(Op::Join, task.resource()),
            Some(Joined::Elsewhere(task)) => control::poll(Op::Join, &task),
            None => {}
        }
        Pin::new(&mut self.result).poll(context).map_err(|_| JoinError)
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinHandle")
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the task panicked")
    }
}

impl std::error::Error for JoinError {}
