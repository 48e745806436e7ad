//! Readers count themselves; the first locks writers out, and the last lets them in again. Where they
//! leave they decrease the count in one step, and look at it in another: two may both take themselves
//! for the last.

use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

#[derive(Default)]
struct Room {
    readers: AtomicUsize,
    /// How often writers have been locked out, less how often they have been let in.
    locked: AtomicUsize,
    door: Mutex<()>,
}

impl Room {
    fn enter(&self) {
        let _door = self.door.lock();
        if self.readers.fetch_add(1, SeqCst) == 0 {
            self.locked.fetch_add(1, SeqCst);
        }
    }

    fn leave(&self, is_last: fn(&AtomicUsize) -> bool) {
        if is_last(&self.readers) {
            let before = self.locked.fetch_sub(1, SeqCst);
            assert_ne!(before, 0, "writers have been let in twice");
        }
    }
}

pub(super) fn wrong() {
    run(|room| {
        room.leave(|readers| {
            readers.fetch_sub(1, SeqCst);
            readers.load(SeqCst) == 0
        });
    });
}

/// Nobody else comes or goes meanwhile.
pub(super) fn fixed() {
    run(|room| {
        let _door = room.door.lock();
        room.leave(|readers| readers.fetch_sub(1, SeqCst) == 1);
    });
}

fn run(leave: fn(&Room)) {
    let room = Room::default();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                room.enter();
                leave(&room);
            });
        }
    });
}
