//! A barrier that is to be used twice and counts who has come, but not in which round: whoever is fast
//! comes again before the others have seen that all were there.

use sync::{Condvar, Mutex, thread};

const RUNNERS: usize = 3;

#[derive(Default)]
struct Barrier {
    /// How many have come, and how often all had.
    state: Mutex<(usize, usize)>,
    changed: Condvar,
}

impl Barrier {
    fn wait(&self, must_wait: fn((usize, usize), round: usize) -> bool) {
        let mut state = self.state.lock();
        let round = state.1;
        state.0 += 1;
        if state.0 == RUNNERS {
            *state = (0, round + 1);
            self.changed.notify_all();
        } else {
            while must_wait(*state, round) {
                self.changed.wait(&mut state);
            }
        }
    }
}

pub(super) fn wrong() {
    run(|(come, _), _| come != 0);
}

/// What counts is the round.
pub(super) fn fixed() {
    run(|(_, now), round| now == round);
}

fn run(must_wait: fn((usize, usize), usize) -> bool) {
    let barrier = Barrier::default();
    thread::scope(|scope| {
        for _ in 0..RUNNERS {
            scope.spawn(|| {
                barrier.wait(must_wait);
                barrier.wait(must_wait);
            });
        }
    });
}
