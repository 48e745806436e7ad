//! Odd, and right all the same: what must not be rejected.

use std::{cell::RefCell, panic::catch_unwind};

use sync::{Mutex, channel};

use crate::deeds;

/// Sends when it is dropped.
struct Farewell(channel::Sender<()>);

impl Drop for Farewell {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

thread_local! {
    static FAREWELL: RefCell<Option<Farewell>> = const { RefCell::new(None) };
}

/// On both engines.
const RIGHT: [&str; 2] = ["accepted"; 2];

deeds! {
    Plain "upright" "does nothing besides" RIGHT, before {}
    ThreadLocal "thread-local" "has a thread-local that sends when it is dropped" RIGHT, before {
        let (sender, receiver) = channel::unbounded();
        FAREWELL.set(Some(Farewell(sender)));
        FAREWELL.take();
        assert!(receiver.recv().is_ok());
    }
    StdUncontended "std-uncontended" "uses a mutex of std that nobody else does" RIGHT, before {
        *std::sync::Mutex::new(0).lock().expect("nobody has panicked") += 1;
    }
    Caught "caught-panic" "catches a panic of its own" RIGHT, before {
        std::panic::set_hook(Box::new(|_| ()));
        assert!(catch_unwind(|| panic!("and is caught")).is_err());
    }
    Contended "contended" "takes a lock a thousand times" RIGHT, before {
        let lock = Mutex::new(0);
        for _ in 0..1000 {
            *lock.lock() += 1;
        }
    }
    Large "large" "has a frame of a hundred kilobytes" RIGHT, before {
        std::hint::black_box([1u8; 100 << 10]);
    }
    Memory "memory" "takes fifty megabytes, and gives them back" RIGHT, before {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| drop(std::hint::black_box(vec![1u8; 50 << 20])));
    }
    Forgotten "forgotten" "forgets a lock of its own, and never unlocks it" RIGHT, before {
        let lock = Mutex::new(0);
        std::mem::forget(lock.lock());
    }
    Caught2 "caught-all" "does everything where panics are caught" RIGHT, before {
        let lock = Mutex::new(0);
        for _ in 0..10 {
            let turn = std::panic::AssertUnwindSafe(|| *lock.lock() += 1);
            catch_unwind(turn).expect("adding does not panic");
        }
    }
    DetachedTask "detached-task" "starts a task that nobody joins, and that ends" RIGHT, before {
        drop(sync::thread::spawn(|| sync::thread::yield_now()));
    }
    Runtime "runtime" "has a runtime of its own, and asks it for a number" RIGHT, before {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        assert_eq!(runtime.expect("there is room for one").block_on(async { 7 }), 7);
    }
    Renamed "renamed" "gives its thread an odd name" RIGHT, before {
        crate::raw::rename(c") Z 0 (\n");
    }
    Unfair "unfair" "lets one of its tasks go first for long" RIGHT, before {
        for _ in 0..500 {
            sync::thread::yield_now();
        }
    }
}
