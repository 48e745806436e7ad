//! What one task has seen.

use std::panic::Location;

use crate::strategy::mix;

/// A task's memory.
#[derive(Debug, Default)]
pub(super) struct Mind {
    /// What its operations have told it, in order.
    pub(super) seen: u64,
    /// What it has learned from tasks that have ended, in no order.
    pub(super) joined: u64,
    /// What it saw when it began: equal for tasks that cannot be told apart.
    pub(super) role: u64,
    /// What it has touched, in this order.
    pub(super) touched: Vec<u32>,
    /// How many tasks it has begun.
    pub(super) children: u64,
    /// What the tasks have in common that it has begun and that cannot be told apart.
    pub(super) alike: Vec<u32>,
    /// What it had seen when its future was pending for the first time.
    pub(super) pending: u64,
    /// The task whose end it awaits.
    pub(super) awaited: Option<u32>,
    /// Whether it polls futures: those stand in queues.
    pub(super) polls: bool,
    pub(super) is_notified: bool,
    /// The lock that it is about to let go of as it was.
    pub(super) unchanged: Option<u32>,
    pub(super) wait: Option<Wait>,
    /// Whether its last operation is a yield, and it had no news of what it had looked at.
    pub(super) is_idle: bool,
    /// The loops that it is in, in which it only looks.
    pub(super) loops: Vec<Loop>,
}

impl Mind {
    /// The task ends. What it has seen counts still: it may have left it to those who join it, as what
    /// it returns, or in what it has borrowed from them. Tells what that is.
    pub(super) fn ends(&mut self) -> u64 {
        let left = combine(self.seen, self.joined, FREED);
        let touched = std::mem::take(&mut self.touched);
        *self = Self { seen: left, role: self.role, touched, ..Self::default() };
        left
    }
}

/// A loop that looks and yields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loop {
    /// What the task had seen when it began, or began anew.
    seen: u64,
    /// Whether the task has done more than look since.
    has_done: bool,
}

impl Mind {
    /// The task does more than look.
    pub(super) fn does(&mut self) {
        self.loops.iter_mut().for_each(|looks| looks.has_done = true);
    }

    /// A loop begins in which the task only looks, and forgets what it has seen.
    pub(super) fn looks(&mut self) {
        self.loops.push(Loop { seen: self.seen, has_done: false });
    }

    /// The task forgets what it has seen since the loop began, if it has only looked.
    pub(super) fn forgets(&mut self) {
        let Some(looks) = self.loops.last_mut() else { return };
        if !self.is_idle && !looks.has_done {
            self.seen = looks.seen;
        }
        *looks = Loop { seen: self.seen, has_done: false };
    }

    /// The loop is over.
    pub(super) fn looked(&mut self) {
        self.loops.pop();
        self.seen = combine(self.seen, 0, LOOKED);
    }
}

/// A task's last wait on a condition variable, as long as it has done nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait {
    pub(super) condvar: u32,
    pub(super) place: &'static Location<'static>,
    /// Which lock it has taken since.
    pub(super) lock: Option<u32>,
    /// What the task had seen when it went to sleep.
    pub(super) seen: u64,
}

/// Tells from operations what else is remembered.
pub(super) const SPAWNED: u64 = 101;
pub(super) const ALIKE: u64 = 102;
pub(super) const FREED: u64 = 103;
pub(super) const TAKEN: u64 = 104;
pub(super) const WOKEN: u64 = 105;
pub(super) const OPENED: u64 = 106;
pub(super) const PICKED: u64 = 107;
pub(super) const POLLS: u64 = 108;
pub(super) const CAME: u64 = 109;
pub(super) const HOLDS: u64 = 110;
pub(super) const LOOKED: u64 = 111;

/// Mixes what was known before with what is learned, and how.
pub(super) const fn combine(own: u64, other: u64, salt: u64) -> u64 {
    mix(own.rotate_left(25) ^ mix(other.wrapping_add(salt.wrapping_mul(0x9E37_79B9_7F4A_7C15))))
}
