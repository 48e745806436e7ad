//! A cell that is set once.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    note,
};

/// A value that the first who needs it makes: std's cell, with a question before each operation.
///
/// ```
/// let word = sync::OnceLock::new();
/// assert_eq!(word.get(), None);
/// assert_eq!(word.get_or_init(|| "foo"), &"foo");
/// assert_eq!(word.set("bar"), Err("bar"));
/// ```
///
/// # Differences from `std::sync::OnceLock`
///
/// - An initialiser that needs its own cell waits for itself, and is reported as a deadlock.
/// - There is no `take`: a cell is set once.
pub struct OnceLock<T> {
    resource: Resource,
    /// Whether an initialiser runs, under control: others must not come near std's cell then, since
    /// that would block the one OS thread they all run on. Relaxed, for the same reason.
    busy: AtomicBool,
    inner: std::sync::OnceLock<T>,
}

impl<T> OnceLock<T> {
    /// A cell that is not set.
    pub const fn new() -> Self {
        Self {
            resource: Resource::new(Kind::Once),
            busy: AtomicBool::new(false),
            inner: std::sync::OnceLock::new(),
        }
    }

    /// The value, if it is set.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        control::step(Op::Load, self);
        self.inner.get()
    }

    /// Sets the value if there is none; waits for an initialiser that runs.
    ///
    /// # Errors
    ///
    /// `value`, if the cell is set already.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let _asked = control::ask(Op::Once, self, Self::is_idle);
        note::had(&self.resource, || usize::from(self.inner.get().is_some()));
        control::note(Note::Needs(0), &self.resource);
        self.inner.set(value)
    }

    /// The value, which `initialise` makes if there is none. Of several who come at once one makes
    /// it and the others wait; if its initialiser panics, another one's runs.
    #[track_caller]
    pub fn get_or_init(&self, initialise: impl FnOnce() -> T) -> &T {
        let asked = control::ask(Op::Once, self, Self::is_idle);
        control::note(Note::Needs(0), &self.resource);
        let initialise = || {
            // Whoever initialises does not wait any more.
            drop(asked);
            let _busy = Busy::begin(self);
            initialise()
        };
        if control::is_cooperative() && self.inner.get().is_none() {
            // Outside std's cell, which another task may look into meanwhile.
            let value = initialise();
            return self.inner.get_or_init(|| value);
        }
        self.inner.get_or_init(initialise)
    }

    /// Waits until the value is set.
    #[track_caller]
    pub fn wait(&self) -> &T {
        let _asked = control::ask(Op::Once, self, |cell| cell.inner.get().is_some());
        self.inner.wait()
    }

    /// The value: `&mut self` shows that nobody else is looking.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.inner.get_mut()
    }

    /// The value: nobody else can have it any more.
    pub fn into_inner(self) -> Option<T> {
        self.inner.into_inner()
    }

    fn is_idle(&self) -> bool {
        !self.busy.load(Relaxed)
    }
}

/// An initialiser runs until this is dropped, by a panic too.
struct Busy<'a> {
    flag: &'a AtomicBool,
    resource: &'a Resource,
}

impl<'a> Busy<'a> {
    fn begin<T>(cell: &'a OnceLock<T>) -> Self {
        cell.busy.store(true, Relaxed);
        Self { flag: &cell.busy, resource: &cell.resource }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        control::freed(self.resource);
        self.flag.store(false, Relaxed);
    }
}

impl<T> Visible for OnceLock<T> {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> Self {
        let cell = Self::new();
        assert!(cell.inner.set(value).is_ok(), "a new cell is not set");
        cell
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
