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
    Stdin "stdin" "reads what is typed" ["accepted"; 2], before {
        let mut line = String::new();
        let _ = std::io::stdin().read_line(&mut line);
    }
    Nap "nap" "sleeps for a millisecond" ["accepted"; 2], before {
        thread::sleep(Duration::from_millis(1));
    }
}
