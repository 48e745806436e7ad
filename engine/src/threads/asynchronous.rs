//! Async tasks, in a real Tokio runtime.
//!
//! A pending future is blocked until its waker is called, whatever the threads do, so the wakers
//! are watched: each is wrapped in one that counts first.

use std::{
    borrow::Cow,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
};

use sync::control::{Resource, Runtime};

use super::{
    controller::Threaded,
    running,
    task::{Poller, Task},
};
use crate::panics;

type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Runtime for Threaded {
    fn spawn(&self, name: Option<Cow<'static, str>>, resource: &Resource, future: Boxed) {
        let execution = Arc::clone(&running::task().execution);
        execution.check();
        let task = execution.enrol(name, resource, None);
        let whole = Spawned { task, future: Some(future), watched: None };
        drop(execution.crew.runtime().spawn(whole));
    }

    fn block_on(&self, future: Pin<&mut dyn Future<Output = ()>>) {
        let task = running::task();
        let runtime = task.execution.crew.runtime();
        runtime.block_on(Awaited { task, future, watched: None });
    }
}

/// A future that is a task of its own.
struct Spawned {
    task: Arc<Task>,
    /// `None` once it has ended.
    future: Option<Boxed>,
    watched: Option<Watched>,
}

/// A future that another task waits for.
struct Awaited<'a> {
    task: Arc<Task>,
    future: Pin<&'a mut dyn Future<Output = ()>>,
    watched: Option<Watched>,
}

impl Future for Spawned {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { task, future: slot, watched } = &mut *self;
        let Some(future) = slot else { return Poll::Ready(()) };
        let _running = running::enter(Arc::clone(task));
        let poll = || poll(task, future.as_mut(), watched, context, Poller::Runtime);
        let polled = catch_unwind(AssertUnwindSafe(poll));
        let is_pending = matches!(polled, Ok(Poll::Pending));
        if !is_pending {
            // What the future owns is dropped by its task.
            drop(catch_unwind(AssertUnwindSafe(|| drop(slot.take()))));
        }
        // Whatever was raised, so that nobody takes it for the next one's who runs here.
        if let Some(raised) = panics::take_in_order() {
            task.execution.panicked(task, raised);
        }
        if is_pending { Poll::Pending } else { Poll::Ready(()) }
    }
}

impl Drop for Spawned {
    /// The task is gone: it has ended, or its runtime is given up.
    fn drop(&mut self) {
        self.task.leave();
    }
}

impl Future for Awaited<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { task, future, watched } = &mut *self;
        poll(task, future.as_mut(), watched, context, Poller::Thread)
    }
}

/// Polls `future` as `task`, and notes what comes of it.
fn poll<F: Future<Output = ()> + ?Sized>(
    task: &Arc<Task>,
    future: Pin<&mut F>,
    watched: &mut Option<Watched>,
    context: &Context<'_>,
    poller: Poller,
) -> Poll<()> {
    task.execution.check();
    let seen = task.begin_poll();
    let waker = Watched::renew(watched, task, context.waker());
    let progress = future.poll(&mut Context::from_waker(waker));
    if progress.is_pending() {
        task.pend(seen, poller);
    }
    progress
}

/// A waker that counts, and the one it wraps.
struct Watched {
    inner: Waker,
    outer: Waker,
}

impl Watched {
    /// The counting waker around `inner`: the one there is, if that wraps it.
    fn renew<'a>(slot: &'a mut Option<Self>, task: &Arc<Task>, inner: &Waker) -> &'a Waker {
        if !slot.as_ref().is_some_and(|watched| watched.inner.will_wake(inner)) {
            let counting = Counting { task: Arc::clone(task), inner: inner.clone() };
            let outer = Waker::from(Arc::new(counting));
            *slot = Some(Self { inner: inner.clone(), outer });
        }
        &slot.as_ref().expect("it was just renewed").outer
    }
}

struct Counting {
    task: Arc<Task>,
    inner: Waker,
}

impl Wake for Counting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.task.wake();
        self.inner.wake_by_ref();
    }
}
