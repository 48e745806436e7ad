//! Ending the process in which the judge runs.

use std::process;

use crate::{deeds, raw};

deeds! {
    Abort "abort" "aborts" ["aborted"; 2], before { process::abort() }
    ExitWell "exit-0" "exits as if all were well" ["exited"; 2], before { process::exit(0) }
    ExitBadly "exit-1" "exits with an error" ["exited"; 2], before { process::exit(1) }
    ExitAfter "exit-after" "answers, and exits well" ["exited"; 2], after { process::exit(0) }
    ExitAsJudge "exit-3" "exits as the judge does when it fails" ["exited"; 2], before {
        process::exit(3)
    }
    ExitRaw "exit-raw" "exits without any farewell" ["exited"; 2], after { raw::exit_at_once() }
    KillSelf "kill-self" "sends itself SIGKILL" ["crashed"; 2], before { raw::raise(libc::SIGKILL) }
    TermSelf "term-self" "sends itself SIGTERM" ["crashed"; 2], before { raw::raise(libc::SIGTERM) }
    Alarm "alarm" "sends itself SIGALRM" ["crashed"; 2], before { raw::raise(libc::SIGALRM) }
    Bus "bus" "sends itself SIGBUS" ["crashed"; 2], before { raw::raise(libc::SIGBUS) }
    Null "null" "reads where nothing is" ["crashed"; 2], before { raw::read(16) }
    Wild "wild" "writes where nothing is" ["crashed"; 2], before { raw::write(0x4000_0000_0000) }
    Constant "constant" "writes to a constant" ["crashed"; 2], before { raw::write_constant() }
    Illegal "illegal" "performs no instruction" ["crashed"; 2], before {
        raw::raise(libc::SIGILL);
    }
    Stop "stop" "stops itself" ["uncontrolled", "timed out"], before { raw::raise(libc::SIGSTOP) }
    Recursion "recursion" "calls itself for ever" ["stack overflow"; 2], before {
        fn deeper(depth: u64) -> u64 {
            let frame = std::hint::black_box([depth; 32]);
            if depth == u64::MAX { 0 } else { deeper(depth + 1) + frame[7] }
        }
        std::hint::black_box(deeper(0));
    }
    Frame "frame" "has a frame of eight megabytes" ["stack overflow"; 2], before {
        std::hint::black_box([1u8; 8 << 20]);
    }
    Interrupt "int-self" "sends itself SIGINT, as whoever stops a run does" ["crashed"; 2], before {
        raw::raise(libc::SIGINT);
    }
    ThreadExit "thread-exit" "ends the thread that it runs on" ["timed out"; 2], before {
        raw::exit_thread();
    }
    Return "pthread-exit" "ends the thread that it runs on, by the book" ["aborted"; 2], before {
        raw::exit_pthread();
    }
    Drops "drop-deep" "drops a list of a million links" ["stack overflow"; 2], before {
        struct Link {
            next: Option<Box<Link>>,
        }
        let longer = |next, _| Some(Box::new(Link { next }));
        let chain = (0..1_000_000).fold(None, longer);
        assert!(chain.is_some_and(|link| link.next.is_some()));
    }
    HookExit "hook-exit" "panics into a hook that exits" ["exited"; 2], before {
        std::panic::set_hook(Box::new(|_| process::exit(0)));
        panic!("the hook knows what to do");
    }
}
