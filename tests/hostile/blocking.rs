//! Waiting outside of `sync`, where the controlled engine sees nothing.

use std::{
    sync::{Barrier, Condvar, Mutex, mpsc},
    thread,
    time::Duration,
};

use crate::{deeds, raw};

/// Under control, and on OS threads.
const STUCK: [&str; 2] = ["uncontrolled", "timed out"];

deeds! {
    Lock "std-mutex" "locks a mutex of std twice" STUCK, before {
        let lock = Mutex::new(());
        let _first = lock.lock();
        let _second = lock.lock();
    }
    Sleep "std-sleep" "sleeps for a day" STUCK, before { thread::sleep(Duration::from_hours(24)) }
    Receive "std-recv" "receives what nobody sends" STUCK, before {
        let (_sender, receiver) = mpsc::channel::<()>();
        let _ = receiver.recv();
    }
    Park "std-park" "parks for ever" STUCK, before {
        loop {
            thread::park();
        }
    }
    Alone "std-barrier" "waits at a barrier, alone" STUCK, before {
        Barrier::new(2).wait();
    }
    Unnotified "std-condvar" "waits to be notified" STUCK, before {
        let (lock, condvar) = (Mutex::new(()), Condvar::new());
        let guard = lock.lock().expect("nobody has panicked");
        let _guard = condvar.wait_while(guard, |()| true);
    }
    Join "std-join" "joins a thread that never ends" STUCK, before {
        let _ = thread::spawn(|| loop { thread::park() }).join();
    }
    Pipe "pipe" "reads from a pipe that nobody writes to" STUCK, before { raw::read_pipe() }
    Deaf "deaf" "ignores signals, and sleeps" STUCK, before {
        raw::ignore_signals();
        thread::sleep(Duration::from_hours(24));
    }
    Poll "poll" "polls what never comes" STUCK, before { raw::poll_for_ever() }
    Futex "futex" "waits at a number of its own" STUCK, before { raw::wait_at_number() }
    Signals "sigsuspend" "waits for a signal" STUCK, before { raw::wait_for_signal() }
    Runtime "own-runtime" "has a runtime of its own, and sleeps there" STUCK, before {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.expect("there is room for one");
        runtime.block_on(async { tokio::time::sleep(Duration::from_hours(24)).await });
    }
    Helpers "own-helpers" "has a thread of its own do it" ["accepted"; 2], before {
        let sum = thread::scope(|scope| scope.spawn(|| (0..100).sum::<u32>()).join());
        assert_eq!(sum.expect("adding does not panic"), 4950);
    }
    Stdin "stdin" "reads what is typed" ["accepted"; 2], before {
        let mut line = String::new();
        let _ = std::io::stdin().read_line(&mut line);
    }
    Nap "nap" "sleeps for a millisecond" ["accepted"; 2], before {
        thread::sleep(Duration::from_millis(1));
    }
}
