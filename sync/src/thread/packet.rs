//! What a task and its handle share: the closure before it runs, the result afterwards.

use std::{
    any::Any,
    borrow::Cow,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{
            AtomicBool,
            Ordering::{Acquire, Release},
        },
    },
    thread as os,
};

use parking_lot::{Condvar, Mutex};

use super::{
    handover::Handover,
    local::Running,
    park::{self, Thread},
};
use crate::control::{self, Kind, Op, Resource, Visible};

/// A task's code, as an engine sees it.
pub trait Body: Send + Sync {
    /// Runs the task on the calling stack, once. `false` if it panicked.
    fn run(&self) -> bool;

    /// The task itself.
    fn task(&self) -> &Task;
}

/// A task's result, as its handle sees it.
pub(crate) trait Outcome<T>: Send + Sync + fmt::Debug {
    fn task(&self) -> &Task;

    fn take(&self) -> Option<os::Result<T>>;
}

/// What is known of a task besides its code and its result.
#[derive(Debug)]
pub struct Task {
    resource: Resource,
    name: Option<Cow<'static, str>>,
    /// Made when somebody asks for it: most tasks are never unparked.
    thread: OnceLock<Thread>,
    /// Release when the result is in place: pairs with the Acquire in `has_ended`.
    ended: AtomicBool,
    waiting: Mutex<()>,
    changed: Condvar,
}

impl Task {
    /// A task that has not run yet.
    pub fn new(name: Option<Cow<'static, str>>) -> Self {
        Self {
            resource: Resource::new(Kind::Task),
            name,
            thread: OnceLock::new(),
            ended: AtomicBool::new(false),
            waiting: Mutex::new(()),
            changed: Condvar::new(),
        }
    }

    /// The task as something to wait for.
    #[inline]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// The name it was given.
    #[inline]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The name, for keeping: free if it is part of the program.
    #[inline]
    pub fn own_name(&self) -> Option<Cow<'static, str>> {
        self.name.clone()
    }

    /// The handle to unpark it by.
    pub fn thread(&self) -> &Thread {
        self.thread.get_or_init(|| Thread::new(self.name.clone()))
    }

    /// Whether the task has run to its end.
    #[inline]
    pub fn has_ended(&self) -> bool {
        self.ended.load(Acquire)
    }

    /// Runs `body` on the calling stack as this task, which then drops what it has [of its
    /// own](super::LocalKey).
    ///
    /// # Errors
    ///
    /// The payload, if it panicked.
    #[inline]
    pub fn run<T>(&self, body: impl FnOnce() -> T) -> os::Result<T> {
        catch_unwind(AssertUnwindSafe(|| {
            let _running = Running(self);
            body()
        }))
    }

    /// Says that the task has run to its end, to those who wait for that.
    #[inline]
    pub fn end(&self) {
        self.ended.store(true, Release);
        // Under control nobody waits here: whoever joins is not resumed before the end.
        if control::is_cooperative() {
            return;
        }
        // The lock makes sure that nobody is between testing the flag and sleeping.
        drop(self.waiting.lock());
        self.changed.notify_all();
    }

    #[inline]
    fn wait(&self) {
        if self.has_ended() {
            return;
        }
        let mut guard = self.waiting.lock();
        while !self.has_ended() {
            self.changed.wait(&mut guard);
        }
    }
}

impl Visible for Task {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

/// The one allocation of a spawned task.
pub(super) struct Packet<F, T> {
    task: Task,
    handover: Handover<F, T>,
}

impl<F, T> Packet<F, T> {
    #[expect(unsafe_code, reason = "made where it stays")]
    #[inline]
    pub(super) fn new(name: Option<Cow<'static, str>>, body: F) -> Arc<Self> {
        // Not by way of a copy: there is a task for every few steps.
        let packet = Arc::<Self>::new_uninit();
        let place: *mut Self = Arc::as_ptr(&packet).cast_mut().cast();
        // SAFETY: nobody else has it yet, and afterwards all of it is there.
        unsafe {
            (&raw mut (*place).task).write(Task::new(name));
            (&raw mut (*place).handover).write(Handover::new(body));
            packet.assume_init()
        }
    }
}

impl<F, T> Body for Packet<F, T>
where
    F: FnOnce() -> T + Send,
    T: Send,
{
    fn run(&self) -> bool {
        let (body, back) = self.handover.begin().expect("a task runs once");
        let result = self.task.run(body);
        let has_returned = result.is_ok();
        back.end(result);
        self.task.end();
        has_returned
    }

    fn task(&self) -> &Task {
        &self.task
    }
}

impl<F: Send, T: Send> Outcome<T> for Packet<F, T> {
    fn task(&self) -> &Task {
        &self.task
    }

    #[inline]
    fn take(&self) -> Option<os::Result<T>> {
        self.handover.take()
    }
}

impl<F, T> fmt::Debug for Packet<F, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.task.fmt(f)
    }
}

/// Waits until a task ends, and takes its result.
#[inline]
#[track_caller]
pub(super) fn join<T>(packet: &dyn Outcome<T>) -> os::Result<T> {
    let _asked = control::ask(Op::Join, packet.task(), Task::has_ended);
    packet.task().wait();
    // A task that was abandoned by its engine has no result.
    packet.take().unwrap_or_else(|| Err(Box::new("the task was abandoned") as Box<dyn Any + Send>))
}

/// Runs a task on a thread of its own.
pub(super) fn spawn_os(body: Arc<dyn Body>) -> os::JoinHandle<()> {
    let mut builder = os::Builder::new();
    if let Some(name) = body.task().name() {
        builder = builder.name(name.to_owned());
    }
    builder.spawn(move || park::run(&*body)).expect("the system can start a thread")
}
