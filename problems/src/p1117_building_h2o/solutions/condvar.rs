//! The atom that makes a molecule complete admits it: two hydrogens and one oxygen of those that
//! wait. They print one by one under the lock, and the last of them admits the next molecule.

use sync::{Condvar, Mutex};

use crate::p1117_building_h2o::H2O;

/// The atoms that have come, and a way to hear of an admission.
pub(super) struct Vessel {
    atoms: Mutex<Atoms>,
    admitted: Condvar,
}

struct Atoms {
    /// How many of each kind wait and belong to no molecule yet.
    waiting: [usize; 2],
    /// How many of each kind the molecule under way still lacks.
    bonding: [usize; 2],
}

const HYDROGEN: usize = 0;
const OXYGEN: usize = 1;
const MOLECULE: [usize; 2] = [2, 1];

impl Vessel {
    fn bond(&self, kind: usize, release: impl FnOnce()) {
        let mut atoms = self.atoms.lock();
        atoms.waiting[kind] += 1;
        self.admit(&mut atoms);
        while atoms.bonding[kind] == 0 {
            self.admitted.wait(&mut atoms);
        }
        release();
        atoms.bonding[kind] -= 1;
        self.admit(&mut atoms);
    }

    /// Begins a molecule if none is under way and the atoms for one are there.
    fn admit(&self, atoms: &mut Atoms) {
        let is_complete = (0..2).all(|kind| atoms.waiting[kind] >= MOLECULE[kind]);
        if is_complete && atoms.bonding == [0, 0] {
            atoms.bonding = MOLECULE;
            atoms.waiting[HYDROGEN] -= 2;
            atoms.waiting[OXYGEN] -= 1;
            // All, because two or three of those who wait may go, and one could be of the wrong
            // kind.
            self.admitted.notify_all();
        }
    }
}

impl H2O for Vessel {
    fn new() -> Self {
        let atoms = Atoms { waiting: [0, 0], bonding: [0, 0] };
        Self { atoms: Mutex::new(atoms), admitted: Condvar::new() }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.bond(HYDROGEN, release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.bond(OXYGEN, release_oxygen);
    }
}
