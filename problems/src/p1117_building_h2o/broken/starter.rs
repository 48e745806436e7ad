//! Where you start: the atoms are there, the waiting is not.

use crate::p1117_building_h2o::H2O;

/// What the atoms share.
pub(super) struct Starter;

impl H2O for Starter {
    fn new() -> Self {
        Self
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        // release_hydrogen() prints "H". Wait for your molecule here.
        release_hydrogen();
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        // release_oxygen() prints "O". Wait for your molecule here.
        release_oxygen();
    }
}
