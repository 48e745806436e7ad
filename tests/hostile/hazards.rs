//! Where controlled schedulers go wrong: programs of which one or the other has said something false.

use std::{
    sync::{
        Arc, Mutex as StdMutex, PoisonError,
        atomic::Ordering::{Relaxed, SeqCst},
    },
    time::Duration,
};

use sync::{
    Condvar, Mutex, RwLock,
    atomic::{AtomicBool, AtomicU32},
    channel, thread,
};

use crate::deeds;

/// On both engines.
const RIGHT: [&str; 2] = ["accepted"; 2];

/// Waits until `is_set`, looking again and again with `pause` between.
fn spin(is_set: &AtomicBool, pause: fn()) {
    while !is_set.load(SeqCst) {
        pause();
    }
}

/// Spins until another task has set a flag.
fn spin_for_another(pause: fn()) {
    let is_set = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| is_set.store(true, SeqCst));
        spin(&is_set, pause);
    });
}

deeds! {
    Spins "spins" "spins until another task has been there" RIGHT, before { spin_for_another(|| ()) }
    SpinsHint "spins-hint" "does so politely" RIGHT, before {
        spin_for_another(sync::hint::spin_loop);
    }
    SpinsYield "spins-yield" "does so, and lets others go first" RIGHT, before {
        spin_for_another(thread::yield_now);
    }
    Mutual "spin-mutual" "has two tasks spin for each other" ["livelock", "timed out"], before {
        let flags = [AtomicBool::new(false), AtomicBool::new(false)];
        thread::scope(|scope| {
            scope.spawn(|| {
                spin(&flags[0], thread::yield_now);
                flags[1].store(true, SeqCst);
            });
            spin(&flags[1], thread::yield_now);
            flags[0].store(true, SeqCst);
        });
    }
    Spurious "spurious" "takes a wake-up for a promise" ["panicked", "accepted"], before {
        let shared = (Mutex::new(false), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                *shared.0.lock() = true;
                shared.1.notify_one();
            });
            let mut is_set = shared.0.lock();
            if !*is_set {
                shared.1.wait(&mut is_set);
            }
            assert!(*is_set, "it was woken for nothing");
        });
    }
    Timeout "timeout" "waits for nobody, for a while" RIGHT, before {
        let (lock, condvar) = (Mutex::new(()), Condvar::new());
        assert!(condvar.wait_for(&mut lock.lock(), Duration::from_millis(1)).timed_out());
        let (_sender, receiver) = channel::unbounded::<()>();
        assert!(receiver.recv_timeout(Duration::from_millis(1)).is_err());
        thread::park_timeout(Duration::from_millis(1));
    }
    Expected "expected-panic" "waits for a task that panics, and goes on" ["panicked"; 2], before {
        assert!(thread::spawn(|| panic!("as was to be expected")).join().is_err());
    }
    Held "std-held" "has a lock of std held while others go on" ["uncontrolled", "accepted"], before {
        let (lock, is_held) = (StdMutex::new(()), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                let _guard = lock.lock().unwrap_or_else(PoisonError::into_inner);
                is_held.store(true, SeqCst);
                thread::yield_now();
            });
            spin(&is_held, thread::yield_now);
            drop(lock.lock());
        });
    }
    Stdout "stdout-held" "has stdout locked while others print" RIGHT, before {
        let guard = std::io::stdout().lock();
        thread::yield_now();
        drop(guard);
    }
    TryLock "try-lock" "tries a lock that is held, and does without" RIGHT, before {
        let lock = Arc::new(Mutex::new(()));
        let guard = lock.lock();
        let theirs = Arc::clone(&lock);
        let tried = thread::spawn(move || theirs.try_lock().is_none()).join();
        drop(guard);
        assert!(tried.expect("trying does not panic"));
    }
    Token "park-token" "is unparked before it parks, with a wait between" RIGHT, before {
        thread::current().unpark();
        let (lock, condvar) = (Mutex::new(()), Condvar::new());
        condvar.wait_for(&mut lock.lock(), Duration::from_millis(1));
        thread::park();
    }
    Readers "readers" "reads twice at once, and then writes" RIGHT, before {
        let lock = RwLock::new(7);
        let sum = thread::scope(|scope| {
            let other = scope.spawn(|| *lock.read());
            *lock.read() + other.join().expect("reading does not panic")
        });
        *lock.write() = sum;
        assert_eq!(lock.into_inner(), 14);
    }
    Published "published" "tells of a number by a flag, and orders nothing" RIGHT, before {
        let (number, is_there) = (AtomicU32::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                number.store(7, Relaxed);
                is_there.store(true, Relaxed);
            });
            if is_there.load(Relaxed) {
                assert_eq!(number.load(Relaxed), 7, "the number is not there");
            }
        });
    }
    While "wait-while" "uses what parking_lot offers besides" RIGHT, before {
        let shared = (Mutex::new(0), Condvar::new());
        thread::scope(|scope| {
            scope.spawn(|| {
                *shared.0.lock() = 1;
                shared.1.notify_all();
            });
            shared.1.wait_while(&mut shared.0.lock(), |number| *number == 0);
        });
    }
    Rendezvous "rendezvous" "meets at a channel that keeps nothing" RIGHT, before {
        let (sender, receiver) = channel::bounded(0);
        thread::scope(|scope| {
            scope.spawn(|| sender.send(7));
            assert_eq!(receiver.recv(), Ok(7));
        });
    }
}
