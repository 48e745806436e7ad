//! Doing something else each time.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU64, Ordering::SeqCst},
    time::Instant,
};

use sync::atomic::AtomicUsize;

use crate::{deeds, raw};

/// Goes up with every execution of the process.
static EXECUTIONS: AtomicU64 = AtomicU64::new(0);

/// Performs so many operations.
fn operations(count: usize) {
    let counter = AtomicUsize::new(0);
    for _ in 0..count {
        counter.fetch_add(1, SeqCst);
    }
}

deeds! {
    Counter "static" "counts its executions" ["not reproducible", "accepted"], before {
        operations(usize::from(EXECUTIONS.fetch_add(1, SeqCst).is_multiple_of(2)));
    }
    Clock "clock" "looks at the clock" ["not reproducible", "accepted"], before {
        static BEGAN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        let began = BEGAN.get_or_init(Instant::now);
        // Two executions are the same once in a hundred thousand times.
        operations(began.elapsed().subsec_nanos() as usize % 99_991);
    }
    Order "hash-order" "goes by the order of a hash map" ["not reproducible", "accepted"], before {
        let map: HashMap<usize, usize> = (0..100).map(|key| (key, key)).collect();
        operations(map.keys().take(2).fold(0, |number, key| 100 * number + key));
    }
    Spawns "hash-spawns" "starts tasks in the order of a hash set" ["not reproducible", "accepted"],
    before {
        let set: std::collections::HashSet<usize> = (0..20).collect();
        sync::thread::scope(|scope| {
            for steps in set {
                scope.spawn(move || operations(steps));
            }
        });
    }
    Kept "static-guard" "keeps a lock from one execution to the next" ["deadlock"; 2], before {
        static LOCK: sync::Mutex<()> = sync::Mutex::new(());
        std::mem::forget(LOCK.lock());
    }
    Rare "rare" "is wrong in one execution of its process" ["not reproducible", "panicked"],
    before {
        static RUNS: AtomicU64 = AtomicU64::new(0);
        assert!(RUNS.fetch_add(1, SeqCst) != 1, "this is the one");
    }
    Variables "variables" "tells insta to pass, and panics" ["panicked"; 2], before {
        raw::set_variable("INSTA_FORCE_PASS", "1");
        raw::set_variable("INSTA_UPDATE", "always");
        panic!("whatever the variables say");
    }
    Detached "detached" "leaves a thread behind" ["leak"; 2], before {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| drop(std::thread::spawn(|| loop { std::thread::park() })));
    }
    DetachedSpin "detached-spin" "leaves a thread behind that is at work" ["leak"; 2], before {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            drop(std::thread::spawn(|| loop {
                std::thread::yield_now();
            }));
        });
    }
    LateDeath "late-death" "leaves a thread behind that aborts" ["aborted"; 2], after {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            drop(std::thread::spawn(|| {
                std::thread::sleep(std::time::Duration::from_millis(1));
                std::process::abort();
            }));
        });
    }
}
