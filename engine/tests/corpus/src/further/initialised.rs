//! Whoever comes first makes it; whoever has seen that it is missing makes it again.

use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

#[derive(Default)]
struct Lazy {
    value: AtomicUsize,
    made: Mutex<usize>,
}

pub(super) fn wrong() {
    run(|_| true);
}

/// It looks again once it has the lock.
pub(super) fn fixed() {
    run(|lazy| lazy.value.load(SeqCst) == 0);
}

fn run(is_still_missing: fn(&Lazy) -> bool) {
    let lazy = Lazy::default();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                if lazy.value.load(SeqCst) == 0 {
                    let mut made = lazy.made.lock();
                    if is_still_missing(&lazy) {
                        *made += 1;
                        lazy.value.store(*made, SeqCst);
                    }
                }
            });
        }
    });
    assert_eq!(*lazy.made.lock(), 1, "made again");
}
