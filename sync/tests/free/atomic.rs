//! Atomics against std's.

use std::sync::atomic as std_atomic;

use sync::{
    atomic::{AtomicBool, AtomicI32, AtomicU8, AtomicUsize, Ordering::SeqCst, fence},
    thread,
};

/// Does the same to an atomic of ours and to one of std's.
macro_rules! agree {
    ($ours:expr, $theirs:expr, $($method:ident($($argument:expr),*));* $(;)?) => {
        let (ours, theirs) = ($ours, $theirs);
        $(
            assert_eq!(ours.$method($($argument),*), theirs.$method($($argument),*));
            assert_eq!(ours.load(SeqCst), theirs.load(SeqCst));
        )*
    };
}

#[test]
fn integers_do_what_std_does() {
    agree! {
        AtomicU8::new(250), std_atomic::AtomicU8::new(250),
        fetch_add(10, SeqCst);
        fetch_sub(20, SeqCst);
        fetch_max(7, SeqCst);
        fetch_min(100, SeqCst);
        fetch_and(0b1010, SeqCst);
        fetch_or(0b0101, SeqCst);
        fetch_xor(0b1111, SeqCst);
        fetch_nand(0b0011, SeqCst);
        store(3, SeqCst);
        swap(4, SeqCst);
        compare_exchange(4, 5, SeqCst, SeqCst);
        compare_exchange(4, 6, SeqCst, SeqCst);
        fetch_update(SeqCst, SeqCst, |value| value.checked_mul(9));
        fetch_update(SeqCst, SeqCst, |value| value.checked_mul(9));
    }
}

#[test]
fn flags_do_what_std_does() {
    agree! {
        AtomicBool::new(true), std_atomic::AtomicBool::new(true),
        fetch_not(SeqCst);
        fetch_or(true, SeqCst);
        fetch_and(true, SeqCst);
        fetch_xor(true, SeqCst);
        fetch_nand(true, SeqCst);
        swap(false, SeqCst);
        compare_exchange(true, false, SeqCst, SeqCst);
        compare_exchange(false, true, SeqCst, SeqCst);
    }
}

#[test]
fn an_owner_needs_no_operation() {
    let mut count = AtomicI32::from(-1);
    *count.get_mut() -= 1;
    assert_eq!(format!("{count:?}"), "-2");
    assert_eq!(count.into_inner(), -2);
    assert_eq!(AtomicI32::default().into_inner(), 0);
}

#[test]
fn no_addition_is_lost() {
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..1000 {
                    count.fetch_add(1, SeqCst);
                }
            });
        }
    });
    assert_eq!(count.into_inner(), 4000);
}

#[test]
fn a_weak_exchange_succeeds_in_a_loop() {
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..100 {
                    let mut seen = count.load(SeqCst);
                    while let Err(value) =
                        count.compare_exchange_weak(seen, seen + 1, SeqCst, SeqCst)
                    {
                        seen = value;
                    }
                }
            });
        }
    });
    assert_eq!(count.into_inner(), 200);
}

#[test]
fn one_of_two_sees_the_other() {
    let (left, right) = (AtomicBool::new(false), AtomicBool::new(false));
    let (saw_right, saw_left) = thread::scope(|scope| {
        let look = |mine: &AtomicBool, theirs: &AtomicBool| {
            mine.store(true, SeqCst);
            fence(SeqCst);
            theirs.load(SeqCst)
        };
        let (left, right) = (&left, &right);
        let task = scope.spawn(move || look(left, right));
        let saw_left = look(right, left);
        (task.join().unwrap(), saw_left)
    });
    assert!(saw_right || saw_left);
}
