//! The states that have been met, and whose steps slept there.
//!
//! Sleep sets go together with states that are met once if each state is kept with the steps that
//! were asleep there (Godefroid, Holzmann and Pirottin, State-Space Caching Revisited, 1995): who
//! comes again and has fewer of them asleep tries those that nobody has tried.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasherDefault, Hasher},
};

use smallvec::SmallVec;
use sync::control::TaskId;

/// Some of the tasks of a state, one bit for each; those that cannot be told apart share one.
pub(super) type Tasks = u64;

/// A state as an execution comes to it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Equal for states from which all executions are alike.
    pub(super) state: u64,
    /// What is known of each task. In equal states these are equal too, in some order.
    own: SmallVec<[u64; 16]>,
}

impl Place {
    /// The state of which `common` is known, and of each task what `own` tells.
    pub(super) fn new(common: u64, own: SmallVec<[u64; 16]>) -> Self {
        let state = own.iter().fold(common, |sum, &own| sum.wrapping_add(own));
        Self { state, own }
    }

    /// The bit of `task`: the same in all states that are equal, whatever the task's number is there.
    /// None if there are too many tasks.
    pub(super) fn bit(&self, task: TaskId) -> Tasks {
        let own = self.own[task];
        let before = self.own.iter().filter(|&&other| other < own).count();
        let bit = u32::try_from(before).ok().and_then(|before| 1u64.checked_shl(before));
        bit.unwrap_or_default()
    }

    /// The bits of those of whom `is_asleep` holds, and of all whom nothing tells apart from them.
    pub(super) fn asleep(&self, is_asleep: impl Fn(TaskId) -> bool) -> Tasks {
        let (mut asleep, mut awake) = (0, 0);
        for task in 0..self.own.len() {
            let tasks = if is_asleep(task) { &mut asleep } else { &mut awake };
            *tasks |= self.bit(task);
        }
        asleep & !awake
    }
}

/// What is to be tried at a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// All but those who are asleep.
    AllBut(Tasks),
    /// Only `tasks`: all others but `asleep` have been tried.
    Only {
        tasks: Tasks,
        asleep: Tasks,
    },
    Nothing,
}

impl Left {
    /// Whether it is left to try the task with this bit.
    pub(super) fn is_tried(self, bit: Tasks) -> bool {
        match self {
            Self::AllBut(asleep) => asleep & bit == 0,
            Self::Only { tasks, .. } => tasks & bit != 0,
            Self::Nothing => false,
        }
    }

    /// Whether the task with this bit sleeps on.
    pub(super) fn sleeps(self, bit: Tasks) -> bool {
        match self {
            Self::AllBut(asleep) | Self::Only { asleep, .. } => asleep & bit != 0,
            Self::Nothing => true,
        }
    }
}

/// The states that have been met, by hash, each with the tasks that have slept whenever it was met.
#[derive(Debug, Default)]
pub(super) struct Met(HashMap<u64, Tasks, BuildHasherDefault<Hashed>>);

impl Met {
    pub(super) fn states(&self) -> usize {
        self.0.len()
    }

    /// Comes to `state` where `asleep` sleep: what is to be tried there. Whoever comes tries all of it.
    pub(super) fn come(&mut self, state: u64, asleep: Tasks) -> Left {
        match self.0.entry(state) {
            Entry::Vacant(entry) => {
                entry.insert(asleep);
                Left::AllBut(asleep)
            }
            Entry::Occupied(mut entry) => {
                let (tasks, asleep) = (entry.get() & !asleep, entry.get() & asleep);
                entry.insert(asleep);
                if tasks == 0 { Left::Nothing } else { Left::Only { tasks, asleep } }
            }
        }
    }
}

/// What hashes a number that is a hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, _bytes: &[u8]) {
        unreachable!("a state is a number");
    }
}
