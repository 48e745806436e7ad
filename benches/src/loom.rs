//! loom's imitations of std's primitives, which its models run on.

use std::{marker::PhantomData, ops::Deref, sync::Arc};

use crate::Primitives;

/// What loom's models are made of, with one of two kinds of [`Arc`].
pub struct Loom<A = Modelled>(PhantomData<A>);

/// loom's own `Arc`, whose clones and drops it counts among what tasks do: what its documentation
/// asks for, and what its users write.
pub enum Modelled {}

/// std's `Arc`, of which loom knows nothing.
pub enum Unseen {}

/// Handles to one value.
pub trait Arcs: 'static {
    /// A handle.
    type Arc<T: Send + Sync + 'static>: Deref<Target = T> + Clone + Send + 'static;

    /// The first handle to `value`.
    fn share<T: Send + Sync + 'static>(value: T) -> Self::Arc<T>;
}

impl Arcs for Modelled {
    type Arc<T: Send + Sync + 'static> = loom::sync::Arc<T>;

    fn share<T: Send + Sync + 'static>(value: T) -> Self::Arc<T> {
        loom::sync::Arc::new(value)
    }
}

impl Arcs for Unseen {
    type Arc<T: Send + Sync + 'static> = Arc<T>;

    fn share<T: Send + Sync + 'static>(value: T) -> Self::Arc<T> {
        Arc::new(value)
    }
}

impl<A: Arcs> Primitives for Loom<A> {
    type Shared<T: Send + Sync + 'static> = A::Arc<T>;
    type Mutex<T: Send + 'static> = loom::sync::Mutex<T>;
    type Guard<'a, T: Send + 'static> = loom::sync::MutexGuard<'a, T>;
    type Condvar = loom::sync::Condvar;
    type Task = loom::thread::JoinHandle<()>;

    fn share<T: Send + Sync + 'static>(value: T) -> A::Arc<T> {
        A::share(value)
    }

    fn mutex<T: Send + 'static>(value: T) -> loom::sync::Mutex<T> {
        loom::sync::Mutex::new(value)
    }

    fn lock<T: Send + 'static>(mutex: &loom::sync::Mutex<T>) -> Self::Guard<'_, T> {
        mutex.lock().expect("nobody panics with the lock")
    }

    fn condvar() -> loom::sync::Condvar {
        loom::sync::Condvar::new()
    }

    fn wait<'a, T: Send + 'static>(
        condvar: &loom::sync::Condvar,
        guard: Self::Guard<'a, T>,
    ) -> Self::Guard<'a, T> {
        condvar.wait(guard).expect("nobody panics with the lock")
    }

    fn notify_one(condvar: &loom::sync::Condvar) {
        condvar.notify_one();
    }

    fn spawn(body: impl FnOnce() + Send + 'static) -> Self::Task {
        loom::thread::spawn(body)
    }

    fn join(task: Self::Task) {
        task.join().expect("the task ends well");
    }
}
