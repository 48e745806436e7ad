//! A hydrogen announces itself and waits to be told. An oxygen takes two announcements at once,
//! tells two hydrogens to go, and lets the next two in when both have printed. Semaphores and
//! nothing else: each of the four counts one event.

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
        // Both or none: two oxygens that hold one each would wait for each other.
        self.announced.acquire_many(2);
        self.bonds.release_many(2);
        release_oxygen();
        self.released.acquire_many(2);
        self.hydrogen_places.release_many(2);
    }
}
