//! Two tasks take two mutexes, one of them in the opposite order.

use sync::{Mutex, thread};

pub(crate) fn wrong() {
    let (left, right) = (Mutex::new(()), Mutex::new(()));
    both_take((&left, &right), (&right, &left));
}

/// In the same order nobody can wait in a circle.
pub(crate) fn fixed() {
    let (left, right) = (Mutex::new(()), Mutex::new(()));
    both_take((&left, &right), (&left, &right));
}

type Pair<'a> = (&'a Mutex<()>, &'a Mutex<()>);

fn both_take(one: Pair<'_>, other: Pair<'_>) {
    thread::scope(|scope| {
        for (first, second) in [one, other] {
            scope.spawn(move || {
                let _first = first.lock();
                let _second = second.lock();
            });
        }
    });
}
