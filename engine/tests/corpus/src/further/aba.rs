//! A free list without a lock: between looking at its head and replacing it, the head may have gone
//! and come back, and what follows it is no longer what followed.

use std::array;

use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

const PLACES: usize = 3;

/// What follows the last place.
const NONE: usize = PLACES;

/// By how much the head changes besides, each time.
type Version = usize;

/// The head is a place, and a version times this.
const VERSIONS: usize = 8;

struct FreeList {
    head: AtomicUsize,
    next: [AtomicUsize; PLACES],
    users: [AtomicUsize; PLACES],
    version: Version,
}

impl FreeList {
    fn new(version: Version) -> Self {
        Self {
            head: AtomicUsize::new(0),
            next: array::from_fn(|place| AtomicUsize::new(place + 1)),
            users: array::from_fn(|_| AtomicUsize::new(0)),
            version,
        }
    }

    fn replace(&self, head: usize, place: usize) -> bool {
        let version = head / VERSIONS + self.version;
        self.head.compare_exchange(head, version * VERSIONS + place, SeqCst, SeqCst).is_ok()
    }

    fn pop(&self) -> Option<usize> {
        loop {
            let head = self.head.load(SeqCst);
            let place = head % VERSIONS;
            if place == NONE {
                return None;
            }
            if self.replace(head, self.next[place].load(SeqCst)) {
                assert_eq!(self.users[place].fetch_add(1, SeqCst), 0, "somebody uses it");
                return Some(place);
            }
        }
    }

    fn push(&self, place: usize) {
        self.users[place].fetch_sub(1, SeqCst);
        loop {
            let head = self.head.load(SeqCst);
            self.next[place].store(head % VERSIONS, SeqCst);
            if self.replace(head, place) {
                return;
            }
        }
    }
}

pub(super) fn wrong() {
    run(0);
}

/// A head that comes back is another one.
pub(super) fn fixed() {
    run(1);
}

fn run(version: Version) {
    let list = FreeList::new(version);
    thread::scope(|scope| {
        scope.spawn(|| [list.pop(), list.pop()]);
        scope.spawn(|| {
            let (first, _second) = (list.pop(), list.pop());
            if let Some(place) = first {
                list.push(place);
            }
        });
    });
}
