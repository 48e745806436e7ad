//! Which core a task runs on: one for all, a core for each, or as the system likes.
//!
//! On one core tasks take turns and a hand-over costs some two microseconds; on two cores they race,
//! and waking a thread on the other core costs ten times as much. Moving a thread is dear too, so
//! the choice holds for a block of executions.

use std::cell::Cell;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use sync::control::TaskId;

use super::Noise;
use crate::strategy::Generator;

/// For how many executions a placement holds.
const BLOCK: u64 = 64;

/// Tells the stream of placements from that of the noise.
const PLACEMENTS: u64 = 0x0070_6C61_6365_6D65;

/// Where the tasks of an execution run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// Wherever the system likes.
    Free,
    /// All on the core at this place of the list.
    Together(usize),
    /// One core after the other.
    Apart,
}

/// The cores that the process may use.
#[derive(Clone, Debug)]
pub(super) struct Cores(Vec<usize>);

thread_local! {
    /// Where this OS thread was placed last; `None` as long as it is where it was born.
    static PLACED: Cell<Option<Spot>> = const { Cell::new(None) };
}

/// Where one OS thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    Anywhere,
    Core(usize),
}

impl Cores {
    /// The cores that the calling thread may use; none if the system does not tell.
    pub(super) fn allowed() -> Self {
        let allowed = sched_getaffinity(None);
        let is_allowed = |&core: &usize| allowed.as_ref().is_ok_and(|set| set.is_set(core));
        Self((0..CpuSet::MAX_CPU).filter(is_allowed).collect())
    }

    /// The placement for execution number `number` of `seed`.
    pub(super) fn placement(&self, noise: Noise, seed: u64, number: u64) -> Placement {
        if noise == Noise::Off || self.0.len() < 2 {
            return Placement::Free;
        }
        let mut generator = Generator::new(seed ^ PLACEMENTS, number / BLOCK);
        // Few apart, or most of the time would go into waking threads on other cores.
        match generator.below(16) {
            0 => Placement::Free,
            1 => Placement::Apart,
            _ => Placement::Together(generator.below(self.0.len())),
        }
    }

    /// Puts the calling thread where `task` belongs.
    pub(super) fn place(&self, placement: Placement, task: TaskId) {
        let spot = match placement {
            // A thread that was never placed is free unless a placed thread gave birth to it.
            Placement::Free => Spot::Anywhere,
            Placement::Together(index) => Spot::Core(self.0[index]),
            Placement::Apart => Spot::Core(self.0[task % self.0.len()]),
        };
        if PLACED.get() != Some(spot) {
            self.move_to(spot);
        }
    }

    fn move_to(&self, spot: Spot) {
        let mut set = CpuSet::new();
        match spot {
            Spot::Anywhere => self.0.iter().for_each(|&core| set.set(core)),
            Spot::Core(core) => set.set(core),
        }
        // Refused: the thread stays where it is, and the tasks are merely disturbed less.
        if sched_setaffinity(None, &set).is_ok() {
            PLACED.set(Some(spot));
        }
    }
}

/// Puts the calling thread, which is not one of ours, back where it was when dropped.
pub(super) struct Kept {
    /// `None` if the system does not tell.
    set: Option<CpuSet>,
    is_moved: Cell<bool>,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self { set: sched_getaffinity(None).ok(), is_moved: Cell::new(false) }
    }

    /// Puts the calling thread where the first task belongs.
    pub(super) fn place(&self, cores: &Cores, placement: Placement) {
        if self.set.is_some() && (placement != Placement::Free || self.is_moved.get()) {
            cores.place(placement, 0);
            self.is_moved.set(true);
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(set) = self.set.filter(|_| self.is_moved.get()) {
            // It was allowed before, so it is not refused; if it is, the thread keeps its core.
            let _ = sched_setaffinity(None, &set);
            PLACED.set(None);
        }
    }
}
