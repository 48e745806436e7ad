//! What an operation acts on, and how it gets its number.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use serde::{Deserialize, Serialize};

/// What kind of thing a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A task, as seen by those that join it.
    Task,
    /// What a task parks on.
    Parker,
    /// A mutual exclusion lock.
    Mutex,
    /// A condition variable.
    Condvar,
    /// A read-write lock.
    RwLock,
    /// A counting semaphore.
    Semaphore,
    /// A barrier.
    Barrier,
    /// A channel.
    Channel,
    /// An atomic variable.
    Atomic,
    /// A cell that is read and written as plain memory is.
    Cell,
    /// A cell that is set once.
    Once,
    /// What the threads of a pool have to do.
    Pool,
    /// A notification of one async task by another.
    Notify,
    /// A value that async tasks watch.
    Watch,
    /// Time.
    Clock,
    /// The harness's log of calls and callbacks.
    Log,
}

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = Self::Log as usize + 1;
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Task => "task",
            Kind::Parker => "parker",
            Kind::Mutex => "mutex",
            Kind::Condvar => "condvar",
            Kind::RwLock => "rwlock",
            Kind::Semaphore => "semaphore",
            Kind::Barrier => "barrier",
            Kind::Channel => "channel",
            Kind::Atomic => "atomic",
            Kind::Cell => "cell",
            Kind::Once => "once",
            Kind::Pool => "pool",
            Kind::Notify => "notify",
            Kind::Watch => "watch",
            Kind::Clock => "clock",
            Kind::Log => "log",
        })
    }
}

/// The identity of a primitive: its kind, and the number that the execution under way gave it.
///
/// Every primitive holds one. Numbers are given in order of first use, so the same schedule gives
/// the same numbers, wherever the primitive lies in memory.
pub struct Resource {
    kind: Kind,
    /// The execution that gave the number, and in the low 20 bits the number. Relaxed is enough: the
    /// tag says nothing about other memory.
    tag: AtomicU64,
}

/// How many numbers there are in an execution: what stands for one is a multiple of this.
pub(crate) const NUMBERS: u64 = 1 << 20;

impl Resource {
    /// A resource that no execution has seen yet.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, tag: AtomicU64::new(0) }
    }

    /// What the resource is.
    #[inline]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether no execution has seen it yet.
    #[inline]
    pub fn is_new(&self) -> bool {
        self.tag.load(Relaxed) == 0
    }

    /// The number of this resource in `execution`, if it has one yet.
    #[inline]
    pub fn number_in(&self, execution: u64) -> Option<u32> {
        let number = self.tag.load(Relaxed) ^ execution;
        (number < NUMBERS).then(|| low_bits(number))
    }

    /// The number of this resource in `execution`, which
    /// [`next_execution`](crate::control::next_execution) has told; `next` gives the number if this is the
    /// first use.
    ///
    /// The first 1,048,575 resources of an execution are told apart, later ones share a number.
    #[inline]
    pub fn number(&self, execution: u64, next: impl FnOnce() -> u32) -> u32 {
        self.number_in(execution).unwrap_or_else(|| self.first_use(execution, next()))
    }

    /// Gives this resource the number `next` in `execution`, and tells the number: for an engine
    /// that runs one task at a time, so that no other can be first.
    #[inline]
    pub fn set_number(&self, execution: u64, next: u32) -> u32 {
        let fresh = tag(execution, next);
        self.tag.store(fresh, Relaxed);
        low_bits(fresh)
    }

    #[cold]
    fn first_use(&self, execution: u64, next: u32) -> u32 {
        let fresh = tag(execution, next);
        let unless_met = |old| (old ^ execution >= NUMBERS).then_some(fresh);
        // On OS threads another task may have been first.
        let met = self.tag.fetch_update(Relaxed, Relaxed, unless_met);
        met.map_or_else(low_bits, |_| low_bits(fresh))
    }
}

/// What says that a resource is `number` in `execution`.
const fn tag(execution: u64, number: u32) -> u64 {
    let most = NUMBERS - 1;
    execution | if (number as u64) < most { number as u64 } else { most }
}

/// The number in a tag.
const fn low_bits(tag: u64) -> u32 {
    (tag & (NUMBERS - 1)) as u32
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)
    }
}

/// A primitive that can be asked about.
pub trait Visible {
    /// The primitive's identity.
    fn resource(&self) -> &Resource;
}

impl Visible for Resource {
    fn resource(&self) -> &Resource {
        self
    }
}
