//! Tasks that block: std's threads with nobody in control, the engine's tasks otherwise.

mod handover;
mod local;
mod packet;
mod park;
mod scope;

use std::{borrow::Cow, io, panic::Location, sync::Arc, thread as os};

use self::packet::Packet;
pub use self::{
    local::{AccessError, LocalKey},
    packet::{Body, Task},
    park::{Thread, current, park, park_timeout},
    scope::{Adopt, Adopter, Adoption, Nursery, Scope, ScopedJoinHandle, scope},
};
use crate::control::{self, Kind, Note, Op, Resource};
pub use crate::time::sleep;

/// A task that can be joined.
#[derive(Debug)]
pub struct JoinHandle<T> {
    packet: Arc<dyn packet::Outcome<T>>,
}

/// Begins a task.
#[track_caller]
pub fn spawn<F, T>(body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    spawn_named(None, body)
}

/// Begins a task whose name reports use.
#[inline]
#[track_caller]
pub fn spawn_named<F, T>(name: Option<Cow<'static, str>>, body: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let packet = Packet::new(name, body);
    let task: Arc<dyn Body> = Arc::clone(&packet) as _;
    match control::current() {
        Some(controller) => controller.spawn(task, Location::caller()),
        None => drop(packet::spawn_os(task)),
    }
    JoinHandle { packet }
}

impl<T> JoinHandle<T> {
    /// Waits until the task ends, and gives what it returned.
    ///
    /// # Errors
    ///
    /// The payload, if the task panicked.
    #[inline]
    #[track_caller]
    pub fn join(self) -> os::Result<T> {
        packet::join(&*self.packet)
    }

    /// Whether the task has ended.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        control::poll(Op::Join, self.packet.task().resource());
        self.packet.task().has_ended()
    }

    /// The task's handle, for unparking it.
    pub fn thread(&self) -> &Thread {
        self.packet.task().thread()
    }

    pub(crate) fn resource(&self) -> &Resource {
        self.packet.task().resource()
    }
}

/// Settings of a task to come.
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// A task without a name.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the task; reports use the name.
    #[must_use]
    pub fn name(self, name: String) -> Self {
        Self { name: Some(name) }
    }

    /// Begins the task.
    ///
    /// # Errors
    ///
    /// None here; std's may fail, and this one has its signature.
    #[track_caller]
    pub fn spawn<F, T>(self, body: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        Ok(spawn_named(self.name.map(Cow::Owned), body))
    }
}

/// A task for an engine to run: the first of an execution, which nobody spawns.
pub fn body(name: &'static str, body: impl FnOnce() + Send + 'static) -> Arc<dyn Body> {
    Packet::new(Some(name.into()), body)
}

/// Lets others go first.
#[track_caller]
pub fn yield_now() {
    // A resource of its own: a yield has nothing to do with anything.
    yield_on(&Resource::new(Kind::Clock));
}

#[track_caller]
fn yield_on(turn: &Resource) {
    control::step(Op::Yield, turn);
    if !control::is_cooperative() {
        os::yield_now();
    }
}

/// Lets others go first as long as `condition` holds.
///
/// Nothing may depend on how often it looks: `condition` keeps nothing of what it has seen. So an
/// exhaustive search need not tell apart how often it did.
///
/// ```
/// use std::sync::atomic::Ordering::{Acquire, Release};
///
/// use sync::{atomic::AtomicBool, thread};
///
/// let is_ready = AtomicBool::new(false);
/// thread::scope(|scope| {
///     scope.spawn(|| thread::yield_while(|| !is_ready.load(Acquire)));
///     is_ready.store(true, Release);
/// });
/// ```
#[track_caller]
pub fn yield_while(condition: impl Fn() -> bool) {
    let turn = Resource::new(Kind::Clock);
    control::note(Note::Looks, &turn);
    let _loop = Looked(&turn);
    while condition() {
        yield_on(&turn);
        control::note(Note::Forgets, &turn);
    }
    control::note(Note::Forgets, &turn);
}

/// Tells, when it is dropped, that a loop that looks is over.
struct Looked<'a>(&'a Resource);

impl Drop for Looked<'_> {
    fn drop(&mut self) {
        control::note(Note::Looked, self.0);
    }
}
