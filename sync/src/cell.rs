//! Plain memory whose races are found.
//!
//! Two accesses to one cell by two tasks, of which at least one writes, must be ordered by something
//! else: a lock, a channel, a Release that an Acquire reads. Under control an engine keeps the order
//! in which things happened before each other, and an access that is not ordered after another is a
//! data race, whatever was read.
//!
//! ```
//! use std::sync::Arc;
//!
//! use sync::{cell::RaceCell, thread};
//!
//! let word = Arc::new(RaceCell::new("foo"));
//! let other = Arc::clone(&word);
//! thread::spawn(move || other.set("bar")).join().expect("writing does not panic");
//! // Joining orders the read after the write.
//! assert_eq!(word.get(), "bar");
//! ```

use std::fmt;

use parking_lot::RwLock;

use crate::control::{self, Kind, Op, Resource, Visible};

/// A value that is read and written as plain memory is: with nothing that orders the tasks which do.
///
/// # Differences from `std::cell::UnsafeCell`
///
/// - It is safe: inside is a lock, which a race can only make wait. It orders nothing that an engine
///   would take for an order.
/// - [`with`](Self::with) and [`with_mut`](Self::with_mut) lend the value to a closure, as loom's do.
///   An access that comes meanwhile waits until the closure has returned, and one from within the
///   closure itself waits for ever.
pub struct RaceCell<T: ?Sized> {
    resource: Resource,
    inner: RwLock<T>,
}

impl<T> RaceCell<T> {
    /// A cell that holds `value`.
    pub const fn new(value: T) -> Self {
        Self { resource: Resource::new(Kind::Cell), inner: RwLock::new(value) }
    }

    /// Replaces the value: a write.
    #[track_caller]
    pub fn set(&self, value: T) {
        let _asked = control::ask(Op::Poke, self, Self::is_idle);
        *self.inner.write() = value;
    }

    /// The value: nobody else can have it any more.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }
}

impl<T: Copy> RaceCell<T> {
    /// The value: a read.
    #[track_caller]
    pub fn get(&self) -> T {
        let _asked = control::ask(Op::Peek, self, Self::is_readable);
        *self.inner.read()
    }
}

impl<T: ?Sized> RaceCell<T> {
    /// Lends the value for reading: a read, from the call to the return.
    #[track_caller]
    pub fn with<R>(&self, reads: impl FnOnce(&T) -> R) -> R {
        drop(control::ask(Op::Peek, self, Self::is_readable));
        let value = self.inner.read();
        let answer = reads(&value);
        control::freed(&self.resource);
        answer
    }

    /// Lends the value for writing: a write, from the call to the return.
    #[track_caller]
    pub fn with_mut<R>(&self, writes: impl FnOnce(&mut T) -> R) -> R {
        drop(control::ask(Op::Poke, self, Self::is_idle));
        let mut value = self.inner.write();
        let answer = writes(&mut value);
        control::freed(&self.resource);
        answer
    }

    /// The value: `&mut self` shows that nobody else is looking.
    pub fn get_mut(&mut self) -> &mut T {
        self.inner.get_mut()
    }

    fn is_readable(&self) -> bool {
        !self.inner.is_locked_exclusive()
    }

    fn is_idle(&self) -> bool {
        !self.inner.is_locked()
    }
}

impl<T: ?Sized> Visible for RaceCell<T> {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl<T: Default> Default for RaceCell<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ?Sized> fmt::Debug for RaceCell<T> {
    /// Says nothing of the value: looking at it would be an access.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RaceCell")
    }
}
