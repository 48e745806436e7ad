//! Loops that never end.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use crate::deeds;

static NEVER: AtomicBool = AtomicBool::new(false);

/// Under control, and on OS threads.
const LATE: [&str; 2] = ["timed out"; 2];

deeds! {
    Empty "loop" "does nothing for ever" LATE, before {
        loop {
            std::hint::black_box(());
        }
    }
    Spin "std-spin" "waits for an atomic of std" LATE, before {
        while !NEVER.load(SeqCst) {}
    }
    SpinHint "std-spin-hint" "waits for an atomic of std, politely" LATE, before {
        while !NEVER.load(SeqCst) {
            std::hint::spin_loop();
        }
    }
    SpinYield "std-spin-yield" "waits for an atomic of std, and yields to nobody" LATE, before {
        while !NEVER.load(SeqCst) {
            std::thread::yield_now();
        }
    }
    Syscalls "syscalls" "asks the kernel for ever" LATE, before {
        loop {
            std::hint::black_box(std::env::current_dir().is_ok());
        }
    }
    Livelock "sync-spin" "waits for an atomic that nobody sets" ["livelock", "timed out"], before {
        let never = sync::atomic::AtomicBool::new(false);
        while !never.load(SeqCst) {
            sync::hint::spin_loop();
        }
    }
    Caught "caught" "catches what it is unwound with, for ever" ["livelock", "timed out"], before {
        let never = sync::atomic::AtomicBool::new(false);
        loop {
            let wait = || while !never.load(SeqCst) {};
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(wait));
        }
    }
    Deadlock "sync-deadlock" "locks a mutex twice" ["deadlock"; 2], before {
        let lock = sync::Mutex::new(());
        let _first = lock.lock();
        let _second = lock.lock();
    }
    Sleeper "sync-sleep" "sleeps for a day" ["accepted", "timed out"], before {
        sync::thread::sleep(std::time::Duration::from_hours(24));
    }
}
