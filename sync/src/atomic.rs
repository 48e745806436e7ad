//! Atomic variables: std's, with a question before each operation.
//!
//! ```
//! use sync::atomic::{AtomicUsize, Ordering};
//!
//! let count = AtomicUsize::new(0);
//! assert_eq!(count.fetch_add(2, Ordering::Relaxed), 0);
//! assert_eq!(count.load(Ordering::Relaxed), 2);
//! ```
//!
//! # Differences from `std::sync::atomic`
//!
//! - Under control every operation is sequentially consistent, whatever its ordering says: a
//!   program that is wrong only because an ordering is too weak is not found out. On OS threads the
//!   ordering is what it says.
//! - `fetch_update` is one operation, however often it has to try, and `compare_exchange_weak`
//!   fails for no reason on OS threads only, and only where the processor's does.
//! - Printing an atomic asks nothing.

use std::{fmt, sync::atomic as real};

pub use std::sync::atomic::Ordering;

use crate::control::{self, Kind, Op, Resource, Visible};

/// Orders what stands before it against what stands after it. Under control, where everything has
/// one order already, it changes nothing.
///
/// # Panics
///
/// If `ordering` is `Relaxed`, as std's does.
#[inline]
#[track_caller]
pub fn fence(ordering: Ordering) {
    // As for a yield, there is no atomic that it touches: under control a fence has nothing to do
    // with anything.
    let nothing = Resource::new(Kind::Clock);
    control::step(Op::Fence, &nothing);
    real::fence(ordering);
}

/// Methods that are one question and one operation of the real atomic, of the same name.
macro_rules! operations {
    ($($(#[$doc:meta])* $op:ident $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(
            $(#[$doc])*
            #[inline]
            #[track_caller]
            pub fn $name(&self, $($argument: $type),*) -> $answer {
                control::step(Op::$op, self);
                self.inner.$name($($argument),*)
            }
        )*
    };
}

/// What all atomics have in common.
macro_rules! atomic {
    ($name:ident, $value:ident) => {
        #[doc = concat!("An atomic `", stringify!($value), "`; see the [module](self) for the")]
        #[doc = "*Differences from std*."]
        pub struct $name {
            resource: Resource,
            inner: real::$name,
        }

        impl $name {
            /// An atomic that holds `value`.
            pub const fn new(value: $value) -> Self {
                Self { resource: Resource::new(Kind::Atomic), inner: real::$name::new(value) }
            }

            /// The value: nobody else can have it any more.
            pub const fn into_inner(self) -> $value {
                self.inner.into_inner()
            }

            /// The value: `&mut self` shows that nobody else is looking.
            pub fn get_mut(&mut self) -> &mut $value {
                self.inner.get_mut()
            }

            operations! {
                /// The value now.
                Load load(ordering: Ordering) -> $value;
                /// Replaces the value.
                Store store(value: $value, ordering: Ordering) -> ();
                /// Replaces the value and gives the one before, as all that follow do.
                Update swap(value: $value, ordering: Ordering) -> $value;
                /// Bitwise "and".
                Update fetch_and(value: $value, ordering: Ordering) -> $value;
                /// Bitwise "not and".
                Update fetch_nand(value: $value, ordering: Ordering) -> $value;
                /// Bitwise "or".
                Update fetch_or(value: $value, ordering: Ordering) -> $value;
                /// Bitwise "exclusive or".
                Update fetch_xor(value: $value, ordering: Ordering) -> $value;
            }

            /// Replaces the value by `new` if it is `current`.
            ///
            /// # Errors
            ///
            /// The value, if it is another one.
            #[inline]
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                control::step(Op::Update, self);
                self.inner.compare_exchange(current, new, success, failure)
            }

            /// Replaces the value by `new` if it is `current`; may fail for no reason.
            ///
            /// # Errors
            ///
            /// The value, which may be the expected one.
            #[inline]
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                control::step(Op::Update, self);
                self.inner.compare_exchange_weak(current, new, success, failure)
            }

            /// Replaces the value by what `update` makes of it, which may be asked several times.
            ///
            /// # Errors
            ///
            /// The value, if `update` has no other.
            #[inline]
            #[track_caller]
            pub fn fetch_update(
                &self,
                set: Ordering,
                fetch: Ordering,
                update: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                control::step(Op::Update, self);
                self.inner.fetch_update(set, fetch, update)
            }
        }

        impl Visible for $name {
            fn resource(&self) -> &Resource {
                &self.resource
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new($value::default())
            }
        }

        impl From<$value> for $name {
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    };
}

/// An atomic that can be counted with.
macro_rules! integer {
    ($($name:ident, $value:ident;)*) => {
        $(
            atomic!($name, $value);

            impl $name {
                operations! {
                    /// Adds, wrapping around.
                    Update fetch_add(value: $value, ordering: Ordering) -> $value;
                    /// Subtracts, wrapping around.
                    Update fetch_sub(value: $value, ordering: Ordering) -> $value;
                    /// The larger of the two.
                    Update fetch_max(value: $value, ordering: Ordering) -> $value;
                    /// The smaller of the two.
                    Update fetch_min(value: $value, ordering: Ordering) -> $value;
                }
            }
        )*
    };
}

atomic!(AtomicBool, bool);

impl AtomicBool {
    operations! {
        /// The opposite.
        Update fetch_not(ordering: Ordering) -> bool;
    }
}

integer! {
    AtomicU8, u8;
    AtomicU32, u32;
    AtomicU64, u64;
    AtomicUsize, usize;
    AtomicI32, i32;
    AtomicI64, i64;
    AtomicIsize, isize;
}
