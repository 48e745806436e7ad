//! Broken: hydrogens count themselves with a load and a store (1117-c). Two that load the same
//! count store the same count, nobody is the second, and the oxygen waits for ever.

use sync::{
    Semaphore,
    atomic::{
        AtomicUsize,
        Ordering::{Acquire, Release},
    },
};

use crate::p1117_building_h2o::H2O;

/// What has happened and has not been answered yet.
pub(super) struct Announcements {
    hydrogen_places: Semaphore,
    announced: AtomicUsize,
    pairs: Semaphore,
    bonds: Semaphore,
    released: Semaphore,
}

impl H2O for Announcements {
    fn new() -> Self {
        Self {
            hydrogen_places: Semaphore::new(2),
            announced: AtomicUsize::new(0),
            pairs: Semaphore::new(0),
            bonds: Semaphore::new(0),
            released: Semaphore::new(0),
        }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.hydrogen_places.acquire();
        // Acquire and Release pair with each other in the other hydrogen. No ordering helps: what
        // is missing is that nobody stores between the two.
        let announced = self.announced.load(Acquire) + 1;
        self.announced.store(announced % 2, Release);
        if announced == 2 {
            self.pairs.release();
        }
        self.bonds.acquire();
        release_hydrogen();
        self.released.release();
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.pairs.acquire();
        self.bonds.release_many(2);
        release_oxygen();
        self.released.acquire_many(2);
        self.hydrogen_places.release_many(2);
    }
}
