//! The queue of Cilk's THE protocol: its owner pushes and pops at one end without a lock, and a
//! thief steals at the other. The owner's bound leaves no spare place, so that it overwrites one
//! that a thief is about to read.

use std::sync::Mutex as Plain;

use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

/// How many items go through the queue.
const ITEMS: usize = 4;

struct Queue {
    /// Where the thief steals.
    head: AtomicUsize,
    /// Where the owner pushes and pops.
    tail: AtomicUsize,
    lock: Mutex<()>,
    /// Not seen by the strategy: whoever touches it has agreed with the others before, or should
    /// have.
    places: Plain<Vec<usize>>,
    /// How many places the owner leaves empty.
    spare: usize,
}

/// Where both begin: the tail may fall below it for a moment. A multiple of every length.
const BEGIN: usize = 1 << 20;

impl Queue {
    fn new(spare: usize) -> Self {
        let (head, tail) = (AtomicUsize::new(BEGIN), AtomicUsize::new(BEGIN));
        Self { head, tail, lock: Mutex::new(()), places: Plain::new(vec![0; 2]), spare }
    }

    fn length(&self) -> usize {
        self.places.lock().expect("nobody panics with it").len()
    }

    fn place(&self, index: usize) -> usize {
        let places = self.places.lock().expect("nobody panics with it");
        places[index % places.len()]
    }

    fn set_place(&self, index: usize, item: usize) {
        let mut places = self.places.lock().expect("nobody panics with it");
        let index = index % places.len();
        places[index] = item;
    }

    fn steal(&self) -> Option<usize> {
        let _lock = self.lock.lock();
        let head = self.head.load(SeqCst);
        self.head.store(head + 1, SeqCst);
        if head < self.tail.load(SeqCst) {
            return Some(self.place(head));
        }
        self.head.store(head, SeqCst);
        None
    }

    fn pop(&self) -> Option<usize> {
        let tail = self.tail.load(SeqCst) - 1;
        self.tail.store(tail, SeqCst);
        if self.head.load(SeqCst) <= tail {
            return Some(self.place(tail));
        }
        self.tail.store(tail + 1, SeqCst);
        self.pop_with_lock()
    }

    /// The thief may be after the same item.
    fn pop_with_lock(&self) -> Option<usize> {
        let _lock = self.lock.lock();
        let tail = self.tail.load(SeqCst) - 1;
        self.tail.store(tail, SeqCst);
        let item = (self.head.load(SeqCst) <= tail).then(|| self.place(tail));
        if item.is_none() {
            self.tail.store(tail + 1, SeqCst);
        }
        if self.head.load(SeqCst) > tail {
            self.head.store(BEGIN, SeqCst);
            self.tail.store(BEGIN, SeqCst);
        }
        item
    }

    fn push(&self, item: usize) {
        let tail = self.tail.load(SeqCst);
        if tail < self.head.load(SeqCst) + self.length() - self.spare {
            self.set_place(tail, item);
            self.tail.store(tail + 1, SeqCst);
        } else {
            self.push_with_lock(item);
        }
    }

    /// Makes room first.
    fn push_with_lock(&self, item: usize) {
        let _lock = self.lock.lock();
        let (head, length) = (self.head.load(SeqCst), self.length());
        let count = self.tail.load(SeqCst) - head;
        let head = BEGIN + head % length;
        self.head.store(head, SeqCst);
        self.tail.store(head + count, SeqCst);
        if count >= length - 1 {
            let items = (head..head + count).map(|index| self.place(index));
            let mut places: Vec<usize> = items.collect();
            places.resize(2 * length, 0);
            *self.places.lock().expect("nobody panics with it") = places;
            self.head.store(BEGIN, SeqCst);
            self.tail.store(BEGIN + count, SeqCst);
        }
        let tail = self.tail.load(SeqCst);
        self.set_place(tail, item);
        self.tail.store(tail + 1, SeqCst);
    }
}

pub(crate) fn wrong() {
    run(0);
}

/// One place always stays empty: the one that a thief may be reading.
pub(crate) fn fixed() {
    run(1);
}

fn run(spare: usize) {
    let queue = Queue::new(spare);
    let taken: [AtomicUsize; ITEMS] = std::array::from_fn(|_| AtomicUsize::new(0));
    let take = |item: Option<usize>| {
        if let Some(item) = item {
            taken[item].fetch_add(1, SeqCst);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| (0..2).for_each(|_| take(queue.steal())));
        queue.push(0);
        queue.push(1);
        take(queue.pop());
        queue.push(2);
        queue.push(3);
        (0..3).for_each(|_| take(queue.pop()));
    });
    assert!(taken.iter().all(|times| times.load(SeqCst) == 1), "taken twice, or never");
}
