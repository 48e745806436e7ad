//! Three tasks lock two of three mutexes each, and each its own first.

use sync::{Mutex, thread};

const TASKS: usize = 3;

pub(super) fn wrong() {
    run(|task| (task, (task + 1) % TASKS));
}

/// The lower number comes first.
pub(super) fn fixed() {
    run(|task| (task.min((task + 1) % TASKS), task.max((task + 1) % TASKS)));
}

fn run(order: fn(usize) -> (usize, usize)) {
    let mutexes: [Mutex<()>; TASKS] = std::array::from_fn(|_| Mutex::new(()));
    let mutexes = &mutexes;
    thread::scope(|scope| {
        for task in 0..TASKS {
            scope.spawn(move || {
                let (first, second) = order(task);
                let _first = mutexes[first].lock();
                let _second = mutexes[second].lock();
            });
        }
    });
}
