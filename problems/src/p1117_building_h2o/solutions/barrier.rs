//! Each molecule has a barrier of its own, where its atoms meet three times: when all have come,
//! when the way is free, and when all have printed. Whoever comes last to the first meeting leads:
//! it holds the way from the first meeting to the third.

use std::sync::Arc;

use sync::{Barrier, Mutex};

use crate::p1117_building_h2o::H2O;

/// Where each molecule meets, and the way that one molecule at a time may go.
pub(super) struct Meetings {
    atoms: Mutex<Atoms>,
    way: Mutex<()>,
}

#[derive(Default)]
struct Atoms {
    hydrogens: usize,
    oxygens: usize,
    /// One for each molecule to which an atom has come.
    meetings: Vec<Arc<Barrier>>,
}

impl Atoms {
    fn meeting(&mut self, molecule: usize) -> Arc<Barrier> {
        // Numbers are given without gaps, so a new molecule is the next one.
        if molecule == self.meetings.len() {
            self.meetings.push(Arc::new(Barrier::new(3)));
        }
        Arc::clone(&self.meetings[molecule])
    }
}

impl Meetings {
    fn bond(&self, meeting: &Barrier, release: impl FnOnce()) {
        let leads = meeting.wait().is_leader();
        let way = leads.then(|| self.way.lock());
        meeting.wait();
        release();
        meeting.wait();
        drop(way);
    }
}

impl H2O for Meetings {
    fn new() -> Self {
        Self { atoms: Mutex::default(), way: Mutex::new(()) }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        let mut atoms = self.atoms.lock();
        let molecule = atoms.hydrogens / 2;
        atoms.hydrogens += 1;
        let meeting = atoms.meeting(molecule);
        drop(atoms);
        self.bond(&meeting, release_hydrogen);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        let mut atoms = self.atoms.lock();
        let molecule = atoms.oxygens;
        atoms.oxygens += 1;
        let meeting = atoms.meeting(molecule);
        drop(atoms);
        self.bond(&meeting, release_oxygen);
    }
}
