//! Broken: each kind has a barrier of its own, where hydrogen waits for hydrogen and oxygen for
//! oxygen (1117-k). Nobody comes who could complete either.

use sync::{Barrier, Semaphore};

use crate::p1117_building_h2o::H2O;

/// The places of one molecule, and where those who have them meet.
pub(super) struct Molecule {
    hydrogen_places: Semaphore,
    oxygen_places: Semaphore,
    hydrogens: Barrier,
    oxygens: Barrier,
}

impl Molecule {
    fn bond(places: &Semaphore, molecule: &Barrier, release: impl FnOnce()) {
        places.acquire();
        molecule.wait();
        release();
        places.release();
    }
}

impl H2O for Molecule {
    fn new() -> Self {
        Self {
            hydrogen_places: Semaphore::new(2),
            oxygen_places: Semaphore::new(1),
            hydrogens: Barrier::new(3),
            oxygens: Barrier::new(3),
        }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        Self::bond(&self.hydrogen_places, &self.hydrogens, release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        Self::bond(&self.oxygen_places, &self.oxygens, release_oxygen);
    }
}
