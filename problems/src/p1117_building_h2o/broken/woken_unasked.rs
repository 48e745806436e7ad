//! Broken: counted-apart with `if` instead of `while` (1117-i). When a molecule is complete, all
//! who wait wake up, and three hydrogens that do not look again are one too many.

use sync::{Condvar, Mutex};

use crate::p1117_building_h2o::H2O;

/// The molecule under way, and a way to hear of the next.
pub(super) struct Vessel {
    /// How many of each kind it has, printed already.
    molecule: Mutex<[usize; 2]>,
    emptied: Condvar,
}

const HYDROGEN: usize = 0;
const OXYGEN: usize = 1;
const MOLECULE: [usize; 2] = [2, 1];

impl Vessel {
    fn bond(&self, kind: usize, release: impl FnOnce()) {
        let mut molecule = self.molecule.lock();
        if molecule[kind] == MOLECULE[kind] {
            self.emptied.wait(&mut molecule);
        }
        release();
        molecule[kind] += 1;
        if molecule.iter().sum::<usize>() == 3 {
            *molecule = [0, 0];
            self.emptied.notify_all();
        }
    }
}

impl H2O for Vessel {
    fn new() -> Self {
        Self { molecule: Mutex::new([0, 0]), emptied: Condvar::new() }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.bond(HYDROGEN, release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.bond(OXYGEN, release_oxygen);
    }
}
