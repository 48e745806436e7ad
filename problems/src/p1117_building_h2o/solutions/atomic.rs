//! A ticket says which molecule an atom belongs to, and three counts that only grow say when that
//! molecule may go: its atoms have all come, and those of every molecule before have all printed.
//! Contrived in that it looks again and again, where atoms may be long in coming.

use sync::{
    atomic::{
        AtomicUsize,
        Ordering::{Acquire, Release},
    },
    thread,
};

use crate::p1117_building_h2o::H2O;

/// How many have come, and how many have printed.
pub(super) struct Tickets {
    hydrogens: AtomicUsize,
    oxygens: AtomicUsize,
    released: AtomicUsize,
}

impl Tickets {
    fn bond(&self, molecule: usize, release: impl FnOnce()) {
        thread::yield_while(|| !self.may_go(molecule));
        release();
        // Release: pairs with the Acquire in `may_go`; what is printed here is before the next
        // molecule. The adds of the others keep that order, since each of them reads this one.
        self.released.fetch_add(1, Release);
    }

    /// Three loads at three moments agree as one would: no count goes back.
    fn may_go(&self, molecule: usize) -> bool {
        // Acquire: the first two pair with the Release with which tickets are drawn, the third with
        // the one in `bond`.
        self.hydrogens.load(Acquire) >= 2 * (molecule + 1)
            && self.oxygens.load(Acquire) > molecule
            && self.released.load(Acquire) >= 3 * molecule
    }
}

impl H2O for Tickets {
    fn new() -> Self {
        Self {
            hydrogens: AtomicUsize::new(0),
            oxygens: AtomicUsize::new(0),
            released: AtomicUsize::new(0),
        }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        // Release: pairs with the Acquire in `may_go`.
        let ticket = self.hydrogens.fetch_add(1, Release);
        self.bond(ticket / 2, release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        // Release: pairs with the Acquire in `may_go`.
        let ticket = self.oxygens.fetch_add(1, Release);
        self.bond(ticket, release_oxygen);
    }
}
