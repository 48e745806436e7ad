//! loom's imitations of std's primitives, which its models run on.

use crate::Primitives;

/// What loom's models are made of.
pub enum Loom {}

impl Primitives for Loom {
    type Mutex<T: Send + 'static> = loom::sync::Mutex<T>;
    type Guard<'a, T: Send + 'static> = loom::sync::MutexGuard<'a, T>;
    type Condvar = loom::sync::Condvar;
    type Task = loom::thread::JoinHandle<()>;

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
