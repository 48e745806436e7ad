//! Two who put and two who take sleep on one condition variable, and one notification may wake one
//! of those who cannot use it.

use sync::{Condvar, Mutex, thread};

#[derive(Default)]
struct Place {
    is_full: Mutex<bool>,
    changed: Condvar,
}

impl Place {
    /// Waits until the place is not as it is to become, and makes it so.
    fn turn(&self, full: bool, notify: fn(&Condvar)) {
        let mut is_full = self.is_full.lock();
        while *is_full == full {
            self.changed.wait(&mut is_full);
        }
        *is_full = full;
        notify(&self.changed);
    }
}

pub(super) fn wrong() {
    run(Condvar::notify_one);
}

/// Everybody looks for himself.
pub(super) fn fixed() {
    run(Condvar::notify_all);
}

fn run(notify: fn(&Condvar)) {
    let place = Place::default();
    let place = &place;
    thread::scope(|scope| {
        for full in [false, false, true, true] {
            scope.spawn(move || place.turn(full, notify));
        }
    });
}
