//! A producer and a consumer go round, and count a round also when they could not do anything.

use sync::{Mutex, thread};

const ROUNDS: usize = 7;

#[derive(Default)]
struct Buffer {
    numbers: [usize; ROUNDS],
    next: usize,
    first: usize,
    is_full: bool,
}

pub(crate) fn wrong() {
    run(|_, round| round);
}

/// The number that is sent is the one that is expected: how many were sent before.
pub(crate) fn fixed() {
    run(|sent, _| sent);
}

/// `number` says which number goes with a round, and with how many sent or received before.
fn run(number: fn(usize, usize) -> usize) {
    let buffer = Mutex::new(Buffer::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..ROUNDS {
                let mut buffer = buffer.lock();
                if !buffer.is_full {
                    let next = buffer.next;
                    buffer.numbers[next] = number(next, round);
                    buffer.next += 1;
                    buffer.is_full = true;
                }
            }
        });
        scope.spawn(|| {
            for round in 0..ROUNDS {
                let mut buffer = buffer.lock();
                if buffer.is_full {
                    let first = buffer.first;
                    assert_eq!(buffer.numbers[first], number(first, round));
                    buffer.first += 1;
                    buffer.is_full = false;
                }
            }
        });
    });
}
