//! Broken: hydrogen prints before it announces itself, and nobody tells it to (1117-a). Two places
//! and two permits keep the output right, but a hydrogen leaves when no oxygen has come. This is
//! the most copied answer of all.

use sync::Semaphore;

use crate::p1117_building_h2o::H2O;

/// What has happened and has not been answered yet.
pub(super) struct Announcements {
    hydrogen_places: Semaphore,
    released: Semaphore,
}

impl H2O for Announcements {
    fn new() -> Self {
        Self { hydrogen_places: Semaphore::new(2), released: Semaphore::new(0) }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.hydrogen_places.acquire();
        release_hydrogen();
        self.released.release();
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.released.acquire_many(2);
        release_oxygen();
        self.hydrogen_places.release_many(2);
    }
}
