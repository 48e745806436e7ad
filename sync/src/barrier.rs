//! A place where a group of tasks waits for its last member.

use crate::control::{self, Kind, Note, Op, Resource, Visible};

/// A meeting of a fixed number of tasks, again and again.
///
/// ```
/// let meeting = sync::Barrier::new(2);
/// sync::thread::scope(|scope| {
///     scope.spawn(|| meeting.wait());
///     meeting.wait();
/// });
/// ```
///
/// # Differences from `std::sync::Barrier`
///
/// - `parking_lot` has none, so this is a `parking_lot` mutex and condition variable.
/// - A barrier for zero tasks lets everybody pass, as std's does.
/// - Under control the order in which the group leaves is the strategy's choice.
#[derive(Debug)]
pub struct Barrier {
    resource: Resource,
    size: usize,
    round: parking_lot::Mutex<Round>,
    opened: parking_lot::Condvar,
}

#[derive(Debug)]
struct Round {
    /// How many rounds are over.
    number: usize,
    /// How many have arrived in this round; below the size, once there is one.
    arrived: usize,
}

/// How a task left a barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// Whether this is the one task of its round that arrived last.
    pub fn is_leader(self) -> bool {
        self.0
    }
}

impl Barrier {
    /// A barrier that opens for every `size` tasks.
    pub const fn new(size: usize) -> Self {
        Self {
            resource: Resource::new(Kind::Barrier),
            size,
            round: parking_lot::Mutex::new(Round { number: 0, arrived: 0 }),
            opened: parking_lot::Condvar::new(),
        }
    }

    /// Waits until the round's last task has arrived.
    #[inline]
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        control::step(Op::Arrive, self);
        let Some(number) = self.arrive() else { return BarrierWaitResult(true) };
        let _asked = control::ask(Op::Pass, self, |barrier| barrier.is_over(number));
        let mut round = self.round.lock();
        while round.number == number {
            self.opened.wait(&mut round);
        }
        BarrierWaitResult(false)
    }

    /// Counts one more; the round's number if it has to wait, `None` if it opened the barrier.
    fn arrive(&self) -> Option<usize> {
        let mut round = self.round.lock();
        round.arrived += 1;
        if round.arrived < self.size {
            return Some(round.number);
        }
        round.arrived = 0;
        round.number = round.number.wrapping_add(1);
        self.opened.notify_all();
        control::note(Note::Opened, &self.resource);
        None
    }

    fn is_over(&self, number: usize) -> bool {
        self.round.lock().number != number
    }
}

impl Visible for Barrier {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}
