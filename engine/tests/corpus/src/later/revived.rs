//! A count of owners: whoever wants to become one looks whether there is any, and then counts itself
//! in. Meanwhile the last one may have gone, and what they owned with it.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

struct Owned {
    owners: AtomicUsize,
    is_gone: AtomicBool,
}

impl Owned {
    fn leave(&self) {
        if self.owners.fetch_sub(1, SeqCst) == 1 {
            self.is_gone.store(true, SeqCst);
        }
    }

    /// Whether the caller has become an owner.
    fn join_in_two_steps(&self) -> bool {
        let is_owned = self.owners.load(SeqCst) > 0;
        if is_owned {
            self.owners.fetch_add(1, SeqCst);
        }
        is_owned
    }

    /// The same, in one step.
    fn join_at_once(&self) -> bool {
        let more = |owners: usize| (owners > 0).then(|| owners + 1);
        self.owners.fetch_update(SeqCst, SeqCst, more).is_ok()
    }
}

pub(super) fn wrong() {
    run(Owned::join_in_two_steps);
}

/// Nobody becomes an owner of what is gone.
pub(super) fn fixed() {
    run(Owned::join_at_once);
}

fn run(join: fn(&Owned) -> bool) {
    let owned = Owned { owners: AtomicUsize::new(2), is_gone: AtomicBool::new(false) };
    thread::scope(|scope| {
        scope.spawn(|| owned.leave());
        scope.spawn(|| owned.leave());
        scope.spawn(|| {
            if join(&owned) {
                assert!(!owned.is_gone.load(SeqCst), "it is gone");
                owned.leave();
            }
        });
    });
}
