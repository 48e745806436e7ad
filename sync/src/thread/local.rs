//! Values of which each task has its own.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    error::Error,
    fmt, ptr,
    rc::Rc,
    thread as os,
};

use super::{packet::Task, park::Thread};
use crate::control;

/// Declares values of which each task has its own, as `std::thread_local!` does.
///
/// ```
/// use std::cell::Cell;
///
/// use sync::thread;
///
/// sync::thread_local! {
///     static COUNT: Cell<u32> = Cell::new(0);
/// }
///
/// thread::scope(|scope| {
///     scope.spawn(|| COUNT.set(7));
/// });
/// assert_eq!(COUNT.get(), 0);
/// ```
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = const $make:block) => {
        $crate::thread_local!($(#[$attribute])* $vis static $name: $type = $make);
    };
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = const $make:block; $($rest:tt)*) => {
        $crate::thread_local!($(#[$attribute])* $vis static $name: $type = $make);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = $make:expr) => {
        $(#[$attribute])*
        $vis static $name: $crate::thread::LocalKey<$type> = {
            fn make() -> $type {
                $make
            }
            ::std::thread_local!(static OWN: $type = make());
            $crate::thread::LocalKey::new(&OWN, make)
        };
    };
    ($(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = $make:expr; $($rest:tt)*) => {
        $crate::thread_local!($(#[$attribute])* $vis static $name: $type = $make);
        $crate::thread_local!($($rest)*);
    };
}

/// A value of which each task has its own, made when it first looks and dropped when it ends: std's key.
/// [`thread_local!`](crate::thread_local) declares it.
///
/// # Differences from `std::thread::LocalKey`
///
/// - Under control, tasks have their own although they run on one OS thread; so has each async task.
/// - A destructor may do visible operations: they are the task's last ones.
pub struct LocalKey<T: 'static> {
    /// Where nobody is in control.
    own: &'static os::LocalKey<T>,
    make: fn() -> T,
}

/// The value has been dropped: the task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the task ends, and its own value has been dropped")
    }
}

impl Error for AccessError {}

impl<T: 'static> LocalKey<T> {
    /// A key; [`thread_local!`](crate::thread_local) is how to declare one.
    #[doc(hidden)]
    pub const fn new(own: &'static os::LocalKey<T>, make: fn() -> T) -> Self {
        Self { own, make }
    }

    /// Calls `action` with the task's own value.
    ///
    /// # Panics
    ///
    /// If it has been dropped already, since the task ends.
    pub fn with<R>(&'static self, action: impl FnOnce(&T) -> R) -> R {
        self.try_with(action).expect("a task that ends drops its own values one by one")
    }

    /// Calls `action` with the task's own value.
    ///
    /// # Errors
    ///
    /// If it has been dropped already, since the task ends.
    pub fn try_with<R>(&'static self, action: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        let Some(controller) = control::current() else {
            return self.own.try_with(action).map_err(|_| AccessError);
        };
        let owner = controller.is_cooperative().then(|| controller.thread());
        let key = ptr::from_ref(self).addr();
        let value = match find(owner.as_ref(), key)? {
            Some(value) => value,
            // Nothing is borrowed here: it may need another one.
            None => keep(owner, key, Rc::new((self.make)())),
        };
        Ok(action(value.downcast_ref().expect("a key has one type")))
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the task's own value.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// A copy of the task's own value.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Takes the task's own value, and leaves the default.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Puts another one in the place of the task's own value.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Calls `action` with what the task's own cell holds.
    ///
    /// # Panics
    ///
    /// If it is mutably borrowed.
    pub fn with_borrow<R>(&'static self, action: impl FnOnce(&T) -> R) -> R {
        self.with(|cell| action(&cell.borrow()))
    }

    /// The same, to change it.
    ///
    /// # Panics
    ///
    /// If it is borrowed.
    pub fn with_borrow_mut<R>(&'static self, action: impl FnOnce(&mut T) -> R) -> R {
        self.with(|cell| action(&mut cell.borrow_mut()))
    }

    /// Sets what the task's own cell holds.
    ///
    /// # Panics
    ///
    /// If it is borrowed.
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.replace(value));
    }

    /// Takes what the task's own cell holds, and leaves the default.
    ///
    /// # Panics
    ///
    /// If it is borrowed.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Puts another one in the place of what the task's own cell holds.
    ///
    /// # Panics
    ///
    /// If it is borrowed.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// What tasks have of their own on this OS thread: some at a time under control, and otherwise one after
/// the other.
struct Own {
    /// None if the task has the OS thread to itself.
    owner: Option<Thread>,
    /// By key; nothing in the place of what has been dropped.
    values: Vec<(usize, Option<Rc<dyn Any>>)>,
}

std::thread_local! {
    static OWN: RefCell<Vec<Own>> = const { RefCell::new(Vec::new()) };

    /// Whether there is any: asked at the end of each task.
    static IS_USED: Cell<bool> = const { Cell::new(false) };
}

/// What `owner` has by this key, if it has been made.
fn find(owner: Option<&Thread>, key: usize) -> Result<Option<Rc<dyn Any>>, AccessError> {
    OWN.with_borrow(|all| {
        let mut values = all.iter().filter(|own| own.owner.as_ref() == owner);
        let mut values = values.next().into_iter().flat_map(|own| &own.values);
        match values.find(|(other, _)| *other == key) {
            Some((_, None)) => Err(AccessError),
            Some((_, value)) => Ok(value.clone()),
            None => Ok(None),
        }
    })
}

/// Keeps what `owner` has by this key from now on.
fn keep(owner: Option<Thread>, key: usize, value: Rc<dyn Any>) -> Rc<dyn Any> {
    IS_USED.set(true);
    OWN.with_borrow_mut(|all| {
        let index = all.iter().position(|own| own.owner == owner).unwrap_or_else(|| {
            all.push(Own { owner, values: Vec::new() });
            all.len() - 1
        });
        all[index].values.push((key, Some(Rc::clone(&value))));
    });
    value
}

/// While this lives, a task runs on the calling stack; then it drops what it has of its own.
pub(super) struct Running<'a>(pub(super) &'a Task);

impl Drop for Running<'_> {
    #[inline]
    fn drop(&mut self) {
        if IS_USED.get() {
            drop_own(control::is_cooperative().then(|| self.0.thread()));
        }
    }
}

/// Drops what `owner` has, what was made last first. A destructor may look at what there is still, and
/// make more.
#[cold]
fn drop_own(owner: Option<&Thread>) {
    let last = || {
        OWN.with_borrow_mut(|all| {
            let own = all.iter_mut().find(|own| own.owner.as_ref() == owner)?;
            own.values.iter_mut().rev().find_map(|(_, value)| value.take())
        })
    };
    while let Some(value) = last() {
        drop(value);
    }
    OWN.with_borrow_mut(|all| {
        all.retain(|own| own.owner.as_ref() != owner);
        IS_USED.set(!all.is_empty());
    });
}
