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
//! - Under control a load sees the last store, whatever the orderings say, unless the engine is asked
//!   to let it see older ones. The trace keeps orderings, and so one that is too weak is found out by
//!   the [cells](crate::cell) that it does not order. On OS threads the ordering is what it says.
//! - `fetch_update` is one operation, however often it has to try.
//! - Under control `compare_exchange_weak` fails for no reason where that was drawn, on whatever
//!   processor, but never twice for the same task before it has succeeded once. On OS threads it
//!   does where the processor's does.
//! - Printing an atomic asks nothing.

use std::{
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    panic::Location,
    sync::atomic as real,
};

pub use std::sync::atomic::Ordering;

use crate::{
    control::{self, Kind, Note, Op, Resource, Visible},
    ordering::either,
};

/// Orders what stands before it against what stands after it.
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
    control::step(Op::fence(ordering), &nothing);
    real::fence(ordering);
}

/// Methods that are one question and one operation of the real atomic, of the same name.
macro_rules! operations {
    ($($(#[$doc:meta])* $op:ident $name:ident($($value:ident: $type:ty)?) -> $answer:ty;)*) => {
        $(
            $(#[$doc])*
            #[inline]
            #[track_caller]
            pub fn $name(&self, $($value: $type,)? ordering: Ordering) -> $answer {
                control::step(Op::$op(ordering), self);
                let before = self.bits();
                let answer = self.inner.$name($($value,)? ordering);
                self.tell_value(before);
                answer
            }
        )*
    };
}

/// A number for what an atomic holds.
fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A value of an atomic, as an engine keeps it.
trait Bits: Copy {
    fn to_bits(self) -> u64;

    /// The value that had these bits.
    fn from_bits(bits: u64) -> Self;
}

impl Bits for bool {
    #[inline]
    fn to_bits(self) -> u64 {
        u64::from(self)
    }

    #[inline]
    fn from_bits(bits: u64) -> Self {
        bits != 0
    }
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

            /// The value now.
            #[inline]
            #[track_caller]
            pub fn load(&self, ordering: Ordering) -> $value {
                let Some(controller) = control::current() else {
                    return self.inner.load(ordering);
                };
                control::step_at(
                    controller,
                    Op::load(ordering),
                    &self.resource,
                    Location::caller(),
                );
                let newest = self.inner.load(ordering);
                controller.sees(&self.resource).map_or(newest, Bits::from_bits)
            }

            operations! {
                /// Replaces the value.
                store store(value: $value) -> ();
                /// Replaces the value and gives the one before, as all that follow do.
                update swap(value: $value) -> $value;
                /// Bitwise "and".
                update fetch_and(value: $value) -> $value;
                /// Bitwise "not and".
                update fetch_nand(value: $value) -> $value;
                /// Bitwise "or".
                update fetch_or(value: $value) -> $value;
                /// Bitwise "exclusive or".
                update fetch_xor(value: $value) -> $value;
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
                control::step(Op::update(either(success, failure)), self);
                let before = self.bits();
                let answer = self.inner.compare_exchange(current, new, success, failure);
                self.told(failure, before, answer)
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
                control::step(Op::update(either(success, failure)), self);
                let (inner, before) = (&self.inner, self.bits());
                if !control::is_cooperative() {
                    let answer = inner.compare_exchange_weak(current, new, success, failure);
                    return self.told(failure, before, answer);
                }
                // What has a reason to fail needs none to be drawn. The processor's own reasons would
                // be seen by nobody, and not come again.
                let could = inner.load(Ordering::Relaxed) == current;
                let answer = if could && control::fails_for_no_reason() {
                    Err(current)
                } else {
                    inner.compare_exchange(current, new, success, failure)
                };
                self.told(failure, before, answer)
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
                control::step(Op::update(either(set, fetch)), self);
                let before = self.bits();
                self.told(fetch, before, self.inner.fetch_update(set, fetch, update))
            }

            /// What it holds, as an engine keeps it.
            #[inline]
            fn bits(&self) -> u64 {
                self.inner.load(Ordering::Relaxed).to_bits()
            }

            /// Tells what the atomic holds since it has been changed, and what it held `before`.
            #[inline]
            fn tell_value(&self, before: u64) {
                if let Some(controller) = control::current() {
                    let value = || digest(self.inner.load(Ordering::Relaxed));
                    controller.holds(&self.resource, &value);
                    controller.stored(&self.resource, before, self.bits());
                }
            }

            /// Says so if an update has failed: it was only a load then.
            #[inline]
            fn told(
                &self,
                failure: Ordering,
                before: u64,
                answer: Result<$value, $value>,
            ) -> Result<$value, $value> {
                if answer.is_ok() {
                    self.tell_value(before);
                } else if let Some(controller) = control::current() {
                    controller.note(Note::OnlyLoaded(Op::load(failure)), &self.resource);
                    // An update sees the last store, whether it succeeds or not.
                    let older = controller.sees(&self.resource);
                    debug_assert_eq!(older, None, "only a load sees an older one");
                }
                answer
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

            impl Bits for $value {
                #[inline]
                fn to_bits(self) -> u64 {
                    let mut bytes = [0; size_of::<u64>()];
                    bytes[..size_of::<Self>()].copy_from_slice(&self.to_le_bytes());
                    u64::from_le_bytes(bytes)
                }

                #[inline]
                fn from_bits(bits: u64) -> Self {
                    let mut bytes = [0; size_of::<Self>()];
                    bytes.copy_from_slice(&bits.to_le_bytes()[..size_of::<Self>()]);
                    Self::from_le_bytes(bytes)
                }
            }

            impl $name {
                operations! {
                    /// Adds, wrapping around.
                    update fetch_add(value: $value) -> $value;
                    /// Subtracts, wrapping around.
                    update fetch_sub(value: $value) -> $value;
                    /// The larger of the two.
                    update fetch_max(value: $value) -> $value;
                    /// The smaller of the two.
                    update fetch_min(value: $value) -> $value;
                }
            }
        )*
    };
}

atomic!(AtomicBool, bool);

impl AtomicBool {
    operations! {
        /// The opposite.
        update fetch_not() -> bool;
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
