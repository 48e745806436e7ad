//! The primitives with nobody in control and nobody contending, and the real ones behind them: what
//! the question before each operation costs where nobody asks it.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{
    hint::black_box,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use benches::{Clock, Contender, Race, Raw, programs::Semaphore};

fn main() {
    println!("{:<24} {:>8} {:>8}   times the time", "facade", "ns", "raw ns");
    mutex();
    condvar();
    atomics();
    semaphore();
}

fn mutex() {
    let (ours, raw) = (sync::Mutex::new(0_u64), parking_lot::Mutex::new(0_u64));
    compare(
        "mutex: lock, unlock",
        &mut repeat(|| *black_box(&ours).lock() += 1),
        &mut repeat(|| {
            *black_box(&raw).lock() += 1;
        }),
    );
}

fn condvar() {
    let (ours, raw) = (sync::Condvar::new(), parking_lot::Condvar::new());
    compare(
        "condvar: notify nobody",
        &mut repeat(|| black_box(&ours).notify_one()),
        &mut repeat(|| {
            black_box(&raw).notify_one();
        }),
    );
}

fn atomics() {
    let (ours, raw) = (sync::atomic::AtomicUsize::new(0), AtomicUsize::new(0));
    compare(
        "atomic: load",
        &mut repeat(|| {
            black_box(black_box(&ours).load(SeqCst));
        }),
        &mut repeat(|| {
            black_box(black_box(&raw).load(SeqCst));
        }),
    );
    compare(
        "atomic: fetch_add",
        &mut repeat(|| {
            black_box(&ours).fetch_add(1, SeqCst);
        }),
        &mut repeat(|| {
            black_box(&raw).fetch_add(1, SeqCst);
        }),
    );
}

/// Nobody has a semaphore to compare with: this is the one that everybody writes.
fn semaphore() {
    let (ours, raw) = (sync::Semaphore::new(1), Semaphore::<Raw>::new(1));
    compare(
        "semaphore: take, give",
        &mut repeat(|| {
            black_box(&ours).acquire();
            black_box(&ours).release();
        }),
        &mut repeat(|| {
            black_box(&raw).acquire();
            black_box(&raw).release();
        }),
    );
}

/// Does `action` as often as it is told to: a loop of its own for each, without a call in between.
fn repeat(mut action: impl FnMut()) -> impl FnMut(u64) {
    move |times| (0..times).for_each(|_| action())
}

fn compare(name: &str, ours: Contender<'_>, raw: Contender<'_>) {
    let race = Race::run(Clock::Thread, &mut [ours, raw]);
    println!(
        "{name:<24} {:>8.2} {:>8.2}   {}",
        race.nanoseconds(0),
        race.nanoseconds(1),
        race.ratio(0, 1),
    );
}
