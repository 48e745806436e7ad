//! Broken: an oxygen takes its two announcements one at a time (1117-b). Two oxygens hold one each,
//! and the places that would bring a third are taken. Right for one molecule.

use sync::Semaphore;

use crate::p1117_building_h2o::H2O;

/// What has happened and has not been answered yet.
pub(super) struct Announcements {
    hydrogen_places: Semaphore,
    announced: Semaphore,
    bonds: Semaphore,
    released: Semaphore,
}

impl H2O for Announcements {
    fn new() -> Self {
        Self {
            hydrogen_places: Semaphore::new(2),
            announced: Semaphore::new(0),
            bonds: Semaphore::new(0),
            released: Semaphore::new(0),
        }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.hydrogen_places.acquire();
        self.announced.release();
        self.bonds.acquire();
        release_hydrogen();
        self.released.release();
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.announced.acquire();
        self.announced.acquire();
        self.bonds.release_many(2);
        release_oxygen();
        self.released.acquire_many(2);
        self.hydrogen_places.release_many(2);
    }
}
