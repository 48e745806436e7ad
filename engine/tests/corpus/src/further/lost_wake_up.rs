//! A task looks whether it has to wait, and goes to sleep; between the two it is told that it need
//! not.

use sync::{
    Condvar, Mutex,
    atomic::{AtomicBool, Ordering::SeqCst},
    thread,
};

pub(super) fn wrong() {
    let (is_done, lock, done) = (AtomicBool::new(false), Mutex::new(()), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            if !is_done.load(SeqCst) {
                done.wait(&mut lock.lock());
            }
        });
        scope.spawn(|| {
            is_done.store(true, SeqCst);
            done.notify_one();
        });
    });
}

/// What it looks at changes under the lock that it gives up when it sleeps.
pub(super) fn fixed() {
    let (is_done, done) = (Mutex::new(false), Condvar::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut is_done = is_done.lock();
            while !*is_done {
                done.wait(&mut is_done);
            }
        });
        scope.spawn(|| {
            *is_done.lock() = true;
            done.notify_one();
        });
    });
}
