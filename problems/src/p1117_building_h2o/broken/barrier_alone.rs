//! Broken: three atoms meet, whichever they are (1117-f). Right for one molecule.

use sync::Barrier;

use crate::p1117_building_h2o::H2O;

/// Where three atoms meet.
pub(super) struct Meeting {
    molecule: Barrier,
}

impl Meeting {
    fn bond(&self, release: impl FnOnce()) {
        self.molecule.wait();
        release();
    }
}

impl H2O for Meeting {
    fn new() -> Self {
        Self { molecule: Barrier::new(3) }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        self.bond(release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        self.bond(release_oxygen);
    }
}
