//! Broken: a place is given back before the barrier and not after printing (1117-h). A third
//! hydrogen comes in and meets the first two.

use sync::{Barrier, Semaphore};

use crate::p1117_building_h2o::H2O;

/// The places of one molecule, and where those who have them meet.
pub(super) struct Molecule {
    hydrogen_places: Semaphore,
    oxygen_places: Semaphore,
    complete: Barrier,
}

impl Molecule {
    fn bond(&self, places: &Semaphore, release: impl FnOnce()) {
        places.acquire();
        places.release();
        self.complete.wait();
        release();
    }
}

impl H2O for Molecule {
    fn new() -> Self {
        Self {
            hydrogen_places: Semaphore::new(2),
            oxygen_places: Semaphore::new(1),
            complete: Barrier::new(3),
        }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.bond(&self.hydrogen_places, release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.bond(&self.oxygen_places, release_oxygen);
    }
}
