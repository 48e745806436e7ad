//! A writer puts a new version in the place of the old one, and gives the old one up if nobody reads. A
//! reader says that it reads after it has looked which version there is.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

#[derive(Default)]
struct Versions {
    current: AtomicUsize,
    readers: AtomicUsize,
    is_given_up: [AtomicBool; 2],
}

impl Versions {
    fn enter(&self) {
        self.readers.fetch_add(1, SeqCst);
    }

    fn look(&self) -> usize {
        self.current.load(SeqCst)
    }

    fn use_up(&self, version: usize) {
        assert!(!self.is_given_up[version].load(SeqCst), "it is not there any more");
        self.readers.fetch_sub(1, SeqCst);
    }

    fn replace(&self) {
        self.current.store(1, SeqCst);
        if self.readers.load(SeqCst) == 0 {
            self.is_given_up[0].store(true, SeqCst);
        }
    }
}

pub(super) fn wrong() {
    run(|versions| {
        let version = versions.look();
        versions.enter();
        versions.use_up(version);
    });
}

/// First it says so, then it looks.
pub(super) fn fixed() {
    run(|versions| {
        versions.enter();
        let version = versions.look();
        versions.use_up(version);
    });
}

fn run(read: fn(&Versions)) {
    let versions = Versions::default();
    thread::scope(|scope| {
        scope.spawn(|| read(&versions));
        scope.spawn(|| read(&versions));
        scope.spawn(|| versions.replace());
    });
}
