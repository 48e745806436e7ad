//! Broken: an oxygen collects its hydrogens before it has the turn (1117-b). Two of them hold one
//! hydrogen each, and a molecule that could be made is not, until more hydrogens come. If they
//! all come at once, nobody sees it.

use sync::channel::{Receiver, Sender, bounded, unbounded};

use crate::p1117_building_h2o::H2O;

/// Both ends of both channels: `turn` holds the turn at first.
pub(super) struct Requests {
    turn: (Sender<()>, Receiver<()>),
    hydrogens: (Sender<Hydrogen>, Receiver<Hydrogen>),
}

/// How an oxygen speaks to a hydrogen that waits.
struct Hydrogen {
    bond: Sender<()>,
    released: Receiver<()>,
}

const ALIVE: &str = "both ends live as long as self";
const WAITS: &str = "a hydrogen that waits and its oxygen hold both ends";

impl H2O for Requests {
    fn new() -> Self {
        let turn = bounded(1);
        turn.0.send(()).expect("the channel has room for the turn");
        Self { turn, hydrogens: unbounded() }
    }

    fn hydrogen<F: FnOnce()>(&self, release_hydrogen: F) {
        let (bond, bonded) = bounded(1);
        let (report, released) = bounded(1);
        self.hydrogens.0.send(Hydrogen { bond, released }).expect(ALIVE);
        bonded.recv().expect(WAITS);
        release_hydrogen();
        report.send(()).expect(WAITS);
    }

    fn oxygen<F: FnOnce()>(&self, release_oxygen: F) {
        let pair = [(); 2].map(|()| self.hydrogens.1.recv().expect(ALIVE));
        self.turn.1.recv().expect(ALIVE);
        for hydrogen in &pair {
            hydrogen.bond.send(()).expect(WAITS);
        }
        release_oxygen();
        for hydrogen in &pair {
            hydrogen.released.recv().expect(WAITS);
        }
        self.turn.0.send(()).expect(ALIVE);
    }
}
