//! A ring of three between two producers and two consumers: who takes something has seen that there
//! is something, and looks away once more before it does.

use sync::{Condvar, Mutex, thread};

/// How many fit into the ring.
const ROOM: usize = 3;

/// How many each task puts or gets.
const ITEMS: usize = 4;

#[derive(Default)]
struct Ring {
    items: usize,
    waiting_producers: usize,
    waiting_consumers: usize,
}

#[derive(Default)]
struct Buffer {
    ring: Mutex<Ring>,
    not_full: Condvar,
    not_empty: Condvar,
}

/// What a consumer does between seeing that there is something and taking it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Unlocks and locks again.
    LooksAway,
    /// Nothing.
    Nothing,
}

impl Buffer {
    fn put(&self) {
        let mut ring = self.ring.lock();
        if ring.items == ROOM {
            ring.waiting_producers += 1;
            while ring.items == ROOM {
                self.not_full.wait(&mut ring);
            }
            ring.waiting_producers -= 1;
        }
        ring.items += 1;
        if ring.waiting_consumers > 0 {
            self.not_empty.notify_one();
        }
    }

    fn get(&self, between: Between) {
        let mut ring = self.ring.lock();
        if ring.items == 0 {
            ring.waiting_consumers += 1;
            while ring.items == 0 {
                self.not_empty.wait(&mut ring);
            }
            ring.waiting_consumers -= 1;
        }
        if between == Between::LooksAway {
            drop(ring);
            ring = self.ring.lock();
        }
        assert_ne!(ring.items, 0, "taken from an empty ring");
        ring.items -= 1;
        if ring.waiting_producers > 0 {
            self.not_full.notify_one();
        }
    }
}

/// A consumer looks away.
pub fn wrong() {
    run(Between::LooksAway);
}

/// Nobody looks away.
pub fn fixed() {
    run(Between::Nothing);
}

fn run(between: Between) {
    let buffer = Buffer::default();
    let buffer = &buffer;
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..ITEMS).for_each(|_| buffer.put()));
        }
        for _ in 0..2 {
            scope.spawn(move || (0..ITEMS).for_each(|_| buffer.get(between)));
        }
    });
}
