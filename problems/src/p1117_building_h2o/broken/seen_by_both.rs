//! Broken: a hydrogen that has printed lets an oxygen in if it sees no place left (1117-e). Both
//! hydrogens of a molecule may see that, and the second oxygen joins a later molecule that has one
//! of its own. What is printed is right for one molecule and for two.

use sync::Semaphore;

use crate::p1117_building_h2o::H2O;

/// The places of one molecule.
pub(super) struct Molecule {
    hydrogen_places: Semaphore,
    oxygen_places: Semaphore,
}

impl H2O for Molecule {
    fn new() -> Self {
        Self { hydrogen_places: Semaphore::new(2), oxygen_places: Semaphore::new(0) }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.hydrogen_places.acquire();
        release_hydrogen();
        if self.hydrogen_places.available() == 0 {
            self.oxygen_places.release();
        }
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.oxygen_places.acquire();
        release_oxygen();
        self.hydrogen_places.release_many(2);
    }
}
