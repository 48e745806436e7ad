//! Panics, in every place where they hurt.

use std::panic::{panic_any, resume_unwind};

use sync::Mutex;

use crate::deeds;

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("the bomb goes off");
    }
}

deeds! {
    Plain "panic" "panics" ["panicked"; 2], before { panic!("no") }
    Late "panic-late" "panics when all is done" ["panicked"; 2], after { panic!("too late") }
    Payload "panic-payload" "panics with what is no text" ["panicked"; 2], before {
        panic_any(vec![1, 2, 3])
    }
    Escapes "panic-escapes" "panics with what a terminal obeys" ["panicked"; 2], before {
        panic!("\u{1b}[2J\u{1b}[31maccepted\u{7}\u{202e}")
    }
    Long "panic-long" "panics with a megabyte" ["panicked"; 2], before {
        panic!("{}", "no ".repeat(350_000))
    }
    Guard "panic-guard" "panics with a lock held" ["panicked"; 2], before {
        let lock = Mutex::new(());
        let _guard = lock.lock();
        panic!("the lock is held")
    }
    Dropping "panic-drop" "panics while it drops something" ["panicked"; 2], before { drop(Bomb) }
    Twice "panic-twice" "panics while it panics" ["aborted"; 2], before {
        let _bomb = Bomb;
        panic!("the first")
    }
    BombPayload "panic-bomb" "panics with what panics when dropped" ["aborted", "panicked"], before {
        panic_any(Bomb)
    }
    Divide "divide" "divides by zero" ["panicked"; 2], before {
        let zero = std::hint::black_box(0);
        std::hint::black_box(1 / zero);
    }
    Index "index" "looks beyond the end" ["panicked"; 2], before {
        let none: Vec<u8> = Vec::new();
        std::hint::black_box(none[std::hint::black_box(7)]);
    }
    Silent "unwind" "unwinds without a word" ["panicked"; 2], before { resume_unwind(Box::new(())) }
    SilentLate "unwind-late" "answers, and unwinds without a word" ["panicked"; 2], after {
        resume_unwind(Box::new(()))
    }
    Unheard "panic-unheard" "answers, and panics where nobody hears it" ["panicked"; 2], after {
        std::panic::set_hook(Box::new(|_| ()));
        panic!("and nobody hears it")
    }
}
