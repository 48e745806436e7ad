//! Broken: an atom looks whether the molecule has room for its kind, not whether the molecule is
//! there (1117-a). What is printed is right, and a hydrogen leaves when no oxygen has come.

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
        while molecule[kind] == MOLECULE[kind] {
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
