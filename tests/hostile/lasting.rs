//! What comes due later, and what would hold for those who are judged afterwards.

use std::cell::Cell;

use crate::{deeds, raw};

/// Aborts when its thread ends.
struct Last;

impl Drop for Last {
    fn drop(&mut self) {
        std::process::abort();
    }
}

thread_local! {
    static LAST: Cell<Option<Last>> = const { Cell::new(None) };
}

deeds! {
    Alarm "alarm-later" "has an alarm go off in a second" ["forbidden"; 2], before { raw::alarm() }
    Timer "timer" "has a timer go off in a second" ["forbidden"; 2], before { raw::timer() }
    AtExit "at-exit" "has the process end well when it exits" ["accepted"; 2], before {
        raw::at_exit();
    }
    AtExitNow "at-exit-now" "exits badly, and well on the way" ["exited"; 2], before {
        raw::at_exit();
        std::process::exit(1)
    }
    ThreadEnd "thread-end" "aborts when a thread of its own ends" ["aborted"; 2], before {
        let _ = std::thread::spawn(|| LAST.set(Some(Last))).join();
    }
    WorkerEnd "worker-end" "aborts when the judge's thread ends" ["accepted", "aborted"], before {
        std::mem::forget(LAST.replace(Some(Last)));
    }
    Variables "variables-kept" "breaks Tokio's variables" ["accepted"; 2], before {
        raw::set_variable("TOKIO_WORKER_THREADS", "0");
        raw::set_variable("RAYON_NUM_THREADS", "no");
        raw::set_variable("RUST_MIN_STACK", "1");
    }
    Folder "folder" "goes to another folder" ["forbidden"; 2], before {
        let _ = std::env::set_current_dir("/tmp");
    }
    Mask "umask" "has new files be nobody's" ["forbidden"; 2], before { raw::umask() }
    Nice "nice" "asks to be last" ["forbidden"; 2], before { raw::nice() }
    Idle "idle" "asks to be last of all" ["forbidden"; 2], before { raw::idle() }
    Masked "masked" "blocks every signal" ["accepted"; 2], before { raw::block_signals() }
    MaskedFork "masked-fork" "blocks every signal, and forks" ["forbidden"; 2], before {
        raw::block_signals();
        raw::fork();
    }
    MaskedNull "masked-null" "blocks every signal, and reads where nothing is" ["crashed"; 2],
    before {
        raw::block_signals();
        raw::read(16);
    }
    Handler "handler" "has a crash exit well" ["exited"; 2], before {
        raw::exit_on_crash();
        raw::read(16);
    }
    OpenFiles "open-files" "leaves files open" ["accepted"; 2], before {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            for _ in 0..50 {
                std::mem::forget(std::fs::File::open("/dev/null"));
            }
        });
    }
    Locked "locked-memory" "has its memory stay in memory" ["forbidden"; 2], before { raw::lock_all() }
    Filter "filter" "forbids the judge to speak" ["forbidden"; 2], before { raw::filter() }
    Orphan "orphan" "would outlive the judge" ["forbidden"; 2], before { raw::outlive_parent() }
    Undumpable "undumpable" "does not want to be looked at" ["forbidden"; 2], before {
        raw::hide();
    }
    User "user" "becomes somebody else" ["forbidden"; 2], before { raw::become_nobody() }
    Shared "shared-memory" "leaves shared memory behind" ["forbidden"; 2], before {
        raw::share_memory();
    }
    Key "key" "leaves a key behind" ["forbidden"; 2], before { raw::add_key() }
    HookHangs "hook-hangs" "answers, and leaves a hook that hangs" ["timed out"; 2], after {
        std::panic::set_hook(Box::new(|_| {
            loop {
                std::hint::black_box(());
            }
        }));
    }
    HookPanics "hook-panics" "panics into a hook that panics" ["aborted"; 2], before {
        std::panic::set_hook(Box::new(|_| panic!("and the hook, too")));
        panic!("it panics")
    }
}
