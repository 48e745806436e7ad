//! Cells that are set once, against std's.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

#[test]
fn the_first_value_stays() {
    let (ours, theirs) = (OnceLock::new(), std::sync::OnceLock::new());
    assert_eq!(ours.get(), theirs.get());
    assert_eq!(ours.set(1), theirs.set(1));
    assert_eq!(ours.set(2), theirs.set(2));
    assert_eq!(ours.get_or_init(|| 3), theirs.get_or_init(|| 3));
    assert_eq!(ours.wait(), theirs.wait());
    assert_eq!(ours.into_inner(), theirs.into_inner());
}

#[test]
fn one_of_many_initialises() {
    let (cell, initialised) = (OnceLock::new(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for me in 0..4 {
            let (cell, initialised) = (&cell, &initialised);
            scope.spawn(move || {
                let value = *cell.get_or_init(|| {
                    initialised.fetch_add(1, SeqCst);
                    me
                });
                assert_eq!(cell.get(), Some(&value));
            });
        }
    });
    assert_eq!(initialised.into_inner(), 1);
}

#[test]
fn a_waiter_sees_the_value() {
    let cell = OnceLock::new();
    thread::scope(|scope| {
        let waiter = scope.spawn(|| *cell.wait());
        cell.set(1).unwrap();
        assert_eq!(waiter.join().unwrap(), 1);
    });
}

#[test]
fn an_initialiser_that_panics_leaves_the_cell_empty() {
    let cell = OnceLock::new();
    let panicking =
        AssertUnwindSafe(|| *cell.get_or_init(|| std::panic::resume_unwind(Box::new(1))));
    assert!(catch_unwind(panicking).is_err());
    assert_eq!(cell.get(), None);
    assert_eq!(cell.get_or_init(|| 2), &2);
}

#[test]
fn a_cell_can_be_made_full() {
    let mut cell = OnceLock::from(1);
    *cell.get_mut().unwrap() += 1;
    assert_eq!(cell.into_inner(), Some(2));
    assert_eq!(OnceLock::<u8>::default().into_inner(), None);
}
