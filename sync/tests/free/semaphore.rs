//! Permits on OS threads.

use sync::{
    Semaphore,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

#[test]
fn permits_are_counted() {
    let permits = Semaphore::new(3);
    permits.acquire();
    assert!(!permits.try_acquire_many(3));
    assert!(permits.try_acquire_many(2));
    assert!(!permits.try_acquire());
    permits.release_many(2);
    permits.acquire_many(2);
    assert_eq!(permits.available(), 0);
}

#[test]
fn no_more_are_in_than_there_are_permits() {
    let (permits, inside) = (Semaphore::new(2), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    permits.acquire();
                    assert!(inside.fetch_add(1, SeqCst) < 2);
                    inside.fetch_sub(1, SeqCst);
                    permits.release();
                }
            });
        }
    });
    assert_eq!(permits.available(), 2);
}

#[test]
fn many_at_once_wait_for_single_permits() {
    let permits = Semaphore::new(0);
    thread::scope(|scope| {
        scope.spawn(|| permits.acquire_many(3));
        for _ in 0..3 {
            permits.release();
        }
    });
    assert_eq!(permits.available(), 0);
}
