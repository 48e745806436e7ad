//! Each task counts itself in under a mutex, and takes a lock while it still has the mutex; the
//! other may have that lock, and needs the mutex to give it back.

use sync::{Mutex, thread};

pub(crate) fn wrong() {
    let (counts, lock) = (Mutex::new([0, 0]), Mutex::new(()));
    thread::scope(|scope| {
        scope.spawn(|| visit(&counts, 0, &lock));
        scope.spawn(|| visit(&counts, 1, &lock));
    });
}

/// With a mutex of its own for each count, whoever has the lock can give it back.
pub(crate) fn fixed() {
    let (one, other, lock) = (Mutex::new([0]), Mutex::new([0]), Mutex::new(()));
    thread::scope(|scope| {
        scope.spawn(|| visit(&one, 0, &lock));
        scope.spawn(|| visit(&other, 0, &lock));
    });
}

fn visit<const N: usize>(counts: &Mutex<[usize; N]>, mine: usize, lock: &Mutex<()>) {
    let mut counted = counts.lock();
    counted[mine] += 1;
    let held = (counted[mine] == 1).then(|| lock.lock());
    drop(counted);

    let mut counted = counts.lock();
    counted[mine] -= 1;
    if counted[mine] == 0 {
        drop(held);
    }
}
