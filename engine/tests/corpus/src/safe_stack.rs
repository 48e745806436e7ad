//! Vyukov's "safe" stack of free places, in which one place may be given out twice: three tasks, and
//! at least five preemptions at the right moments.

use sync::{
    atomic::{AtomicI64, Ordering::SeqCst},
    thread,
};

/// How many places there are, and how many tasks want one.
const PLACES: usize = 3;

/// Nobody comes after.
const END: i64 = -1;

struct Stack {
    head: AtomicI64,
    count: AtomicI64,
    next: [AtomicI64; PLACES],
    users: [AtomicI64; PLACES],
}

impl Stack {
    fn new() -> Self {
        Self {
            head: AtomicI64::new(0),
            count: AtomicI64::new(3),
            next: [1, 2, END].map(AtomicI64::new),
            users: [0; PLACES].map(AtomicI64::new),
        }
    }

    fn pop(&self) -> Option<i64> {
        while self.count.load(SeqCst) > 1 {
            let head = self.head.load(SeqCst);
            let next = self.next[index(head)].swap(END, SeqCst);
            if next >= 0 {
                if self.head.compare_exchange(head, next, SeqCst, SeqCst).is_ok() {
                    self.count.fetch_sub(1, SeqCst);
                    return Some(head);
                }
                self.next[index(head)].swap(next, SeqCst);
            } else {
                thread::yield_now();
            }
        }
        None
    }

    fn push(&self, place: i64) {
        let mut head = self.head.load(SeqCst);
        loop {
            self.next[index(place)].store(head, SeqCst);
            if self.head.compare_exchange(head, place, SeqCst, SeqCst).is_ok() {
                break;
            }
            head = self.head.load(SeqCst);
        }
        self.count.fetch_add(1, SeqCst);
    }

    fn use_a_place(&self, user: i64) {
        let place = loop {
            match self.pop() {
                Some(place) => break place,
                None => thread::yield_now(),
            }
        };
        self.users[index(place)].store(user, SeqCst);
        assert_eq!(self.users[index(place)].load(SeqCst), user, "somebody else has it too");
        self.push(place);
    }
}

fn index(place: i64) -> usize {
    usize::try_from(place).expect("a place is not the end")
}

pub(crate) fn wrong() {
    let stack = Stack::new();
    let stack = &stack;
    thread::scope(|scope| {
        for user in 1..=3 {
            scope.spawn(move || (0..2).for_each(|_| stack.use_a_place(user)));
        }
    });
}
