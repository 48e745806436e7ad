//! Two who take from a queue sleep until there is something or it is closed, and closing it wakes only
//! one of them.

use sync::{Condvar, Mutex, thread};

#[derive(Default)]
struct Queue {
    /// How much there is, and whether no more will come.
    state: Mutex<(usize, bool)>,
    changed: Condvar,
}

impl Queue {
    fn put(&self) {
        self.state.lock().0 += 1;
        self.changed.notify_one();
    }

    fn close(&self, notify: fn(&Condvar)) {
        self.state.lock().1 = true;
        notify(&self.changed);
    }

    /// Takes one; `false` if no more will come.
    fn take(&self) -> bool {
        let mut state = self.state.lock();
        while *state == (0, false) {
            self.changed.wait(&mut state);
        }
        let has_one = state.0 > 0;
        state.0 -= usize::from(has_one);
        has_one
    }
}

pub(super) fn wrong() {
    run(Condvar::notify_one);
}

/// It concerns all of them.
pub(super) fn fixed() {
    run(Condvar::notify_all);
}

fn run(notify: fn(&Condvar)) {
    let queue = Queue::default();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| while queue.take() {});
        }
        scope.spawn(|| {
            queue.put();
            queue.put();
            queue.close(notify);
        });
    });
}
