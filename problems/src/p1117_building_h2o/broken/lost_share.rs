//! Broken: the share is bound to `_`, which drops it at once. The permit goes back before anybody
//! has printed, and two molecules mix.

use std::sync::Arc;

use sync::future::{
    Mutex, OwnedSemaphorePermit, Semaphore,
    oneshot::{self, Sender},
};

use crate::p1117_building_h2o::AsyncH2O;

/// Who waits, and the way that one molecule at a time may go.
pub(super) struct Invitations {
    waiting: Mutex<Waiting>,
    way: Arc<Semaphore>,
}

type Share = Arc<OwnedSemaphorePermit>;

#[derive(Default)]
struct Waiting {
    hydrogens: Vec<Sender<Share>>,
    oxygens: Vec<Sender<Share>>,
}

impl Waiting {
    /// Takes the atoms of one molecule out, if they are there.
    fn take_molecule(&mut self) -> Option<Vec<Sender<Share>>> {
        let rest = self.hydrogens.len().checked_sub(2)?;
        let oxygen = self.oxygens.pop()?;
        Some(self.hydrogens.drain(rest..).chain([oxygen]).collect())
    }
}

impl Invitations {
    async fn bond(
        &self,
        kind: fn(&mut Waiting) -> &mut Vec<Sender<Share>>,
        release: impl FnOnce() + Send,
    ) {
        let (invite, invitation) = oneshot::channel();
        let mut waiting = self.waiting.lock().await;
        kind(&mut waiting).push(invite);
        let molecule = waiting.take_molecule();
        drop(waiting);
        if let Some(molecule) = molecule {
            let way = Arc::clone(&self.way).acquire_owned().await;
            let share = Arc::new(way.expect("nobody closes the way"));
            for atom in molecule {
                atom.send(Arc::clone(&share)).expect("a waiting atom keeps its receiver");
            }
        }
        let _ = invitation.await.expect("nobody drops an invitation unsent");
        release();
    }
}

impl AsyncH2O for Invitations {
    fn new() -> Self {
        Self { waiting: Mutex::new(Waiting::default()), way: Arc::new(Semaphore::new(1)) }
    }

    async fn hydrogen<F: FnOnce() + Send>(&self, release_hydrogen: F) {
        self.bond(|waiting| &mut waiting.hydrogens, release_hydrogen).await;
    }

    async fn oxygen<F: FnOnce() + Send>(&self, release_oxygen: F) {
        self.bond(|waiting| &mut waiting.oxygens, release_oxygen).await;
    }
}
