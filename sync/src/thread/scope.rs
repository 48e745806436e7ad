//! Tasks that may borrow from the one that spawns them.

use std::{marker::PhantomData, panic::Location, sync::Arc, thread as os};

use super::{
    Body,
    packet::{self, Outcome, Packet},
};
use crate::control;

/// Where tasks can be spawned that borrow from outside the scope.
///
/// # Differences from `std::thread::Scope`
///
/// It is a handle, passed by value, and stays with the task that opened the scope: a task of the
/// scope cannot spawn another one in it, and opens a scope of its own instead.
#[derive(Clone, Copy)]
pub struct Scope<'scope, 'env> {
    nursery: Where<'scope, 'env>,
    /// As in std: `'scope` must not shrink, or a task could outlive what it borrows.
    invariant: PhantomData<&'scope mut &'env ()>,
}

#[derive(Clone, Copy)]
enum Where<'scope, 'env> {
    /// On threads of their own, made known to the engine in control, if there is one.
    Threads(&'scope os::Scope<'scope, 'env>, Option<Adopter>),
    /// With a controller that runs tasks itself.
    Nursery(&'scope dyn Nursery<'scope>),
}

/// Begins tasks that end before `'scope` does.
pub trait Nursery<'scope> {
    /// Begins a task.
    fn spawn(&self, body: Arc<dyn Body + 'scope>, place: &'static Location<'static>);
}

/// An engine that takes in threads which it did not start.
pub trait Adopt: Sync {
    /// Notes, before the thread starts, that it is to run `body` as a task of scope number `scope`.
    /// What it gives does so, called on the new thread.
    fn adopt(&self, scope: usize, body: &dyn Body) -> Adoption;
}

/// An engine, and the number by which it knows a scope.
#[derive(Clone, Copy)]
pub struct Adopter {
    /// The engine.
    pub engine: &'static dyn Adopt,
    /// The number.
    pub scope: usize,
}

/// Runs a body on the calling thread, as the task that it was noted as.
pub type Adoption = Box<dyn FnOnce(&dyn Body) + Send>;

/// A task of a scope that can be joined.
#[derive(Debug)]
pub struct ScopedJoinHandle<'scope, T> {
    packet: Arc<dyn Outcome<T> + 'scope>,
}

/// Calls `body` with a scope; returns when every task spawned in it has ended.
///
/// ```
/// let mut word = String::from("foo");
/// sync::thread::scope(|scope| {
///     scope.spawn(|| word.push_str("bar"));
/// });
/// assert_eq!(word, "foobar");
/// ```
#[track_caller]
pub fn scope<'env, F, T>(body: F) -> T
where
    F: for<'scope> FnOnce(Scope<'scope, 'env>) -> T,
{
    let Some(controller) = control::current() else {
        return os::scope(|scope| body(Scope::on_threads(scope, None)));
    };
    let (mut body, mut answer) = (Some(body), None);
    controller.scope(Location::caller(), &mut |scope| {
        let body = body.take().expect("a scope's body is called once");
        answer = Some(body(scope));
    });
    answer.expect("the controller has called the scope's body")
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// A scope on threads of their own; the adopter is told of each.
    pub fn on_threads(scope: &'scope os::Scope<'scope, 'env>, adopter: Option<Adopter>) -> Self {
        Self { nursery: Where::Threads(scope, adopter), invariant: PhantomData }
    }

    /// A scope whose tasks `nursery` runs.
    pub fn in_nursery(nursery: &'scope dyn Nursery<'scope>) -> Self {
        Self { nursery: Where::Nursery(nursery), invariant: PhantomData }
    }

    /// Begins a task.
    #[track_caller]
    pub fn spawn<F, T>(&self, body: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let packet = Packet::new(None, body);
        let task: Arc<dyn Body + 'scope> = Arc::clone(&packet) as _;
        match self.nursery {
            Where::Nursery(nursery) => nursery.spawn(task, Location::caller()),
            Where::Threads(scope, adopter) => {
                let adopt = |adopter: Adopter| adopter.engine.adopt(adopter.scope, &*task);
                let run = adopter.map(adopt);
                scope.spawn(move || match run {
                    Some(run) => run(&*task),
                    None => drop(task.run()),
                });
            }
        }
        ScopedJoinHandle { packet }
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits until the task ends, and gives what it returned.
    ///
    /// # Errors
    ///
    /// The payload, if the task panicked.
    #[track_caller]
    pub fn join(self) -> os::Result<T> {
        packet::join(&*self.packet)
    }
}
