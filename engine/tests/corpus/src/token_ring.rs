//! A number is handed on from task to task, and nobody waits to be given it.

use sync::{Mutex, thread};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Whoever comes first hands on what is there.
    Any,
    /// Only once the one before has.
    Mine,
}

struct Ring {
    numbers: [i64; 3],
    is_done: [bool; 3],
}

pub(crate) fn wrong() {
    pass_on(Turn::Any);
}

/// Who comes too early does nothing, and then nobody compares.
pub(crate) fn fixed() {
    pass_on(Turn::Mine);
}

fn pass_on(turn: Turn) {
    let ring = Mutex::new(Ring { numbers: [1, 2, 1], is_done: [false; 3] });
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut ring = ring.lock();
            ring.numbers[0] = (ring.numbers[2] + 1) % 4;
            ring.is_done[0] = true;
        });
        for mine in [1, 2] {
            let ring = &ring;
            scope.spawn(move || {
                let mut ring = ring.lock();
                if turn == Turn::Any || ring.is_done[mine - 1] {
                    ring.numbers[mine] = ring.numbers[mine - 1];
                    ring.is_done[mine] = true;
                }
            });
        }
        scope.spawn(|| {
            let ring = ring.lock();
            let [first, second, third] = ring.numbers;
            assert!(ring.is_done != [true; 3] || (first == second && second == third));
        });
    });
}
