//! Three who want to go first raise a hand, and whoever sees another one's lowers it again: all may be
//! so polite.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

const GUESTS: usize = 3;

/// Whether a guest lowers its hand when it sees that of another.
type Yields = fn(guest: usize, other: usize) -> bool;

pub(super) fn wrong() {
    run(|guest, other| guest != other);
}

/// One who came earlier is not so polite.
pub(super) fn fixed() {
    run(|guest, other| guest > other);
}

fn run(yields: Yields) {
    let hands: [AtomicBool; GUESTS] = Default::default();
    let through = AtomicUsize::new(0);
    let (hands, through) = (&hands, &through);
    thread::scope(|scope| {
        for guest in 0..GUESTS {
            scope.spawn(move || {
                hands[guest].store(true, SeqCst);
                let must_yield = |other: usize| yields(guest, other) && hands[other].load(SeqCst);
                if (0..GUESTS).any(must_yield) {
                    hands[guest].store(false, SeqCst);
                } else {
                    through.fetch_add(1, SeqCst);
                }
            });
        }
    });
    assert_ne!(through.load(SeqCst), 0, "nobody went");
}
