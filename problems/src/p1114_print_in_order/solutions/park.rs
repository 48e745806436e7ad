//! The task that waits leaves its handle and parks; the one before raises a flag and unparks it.
//! Contrived: parking wants a handle, so `first` has to wait until `second` has left one.

use sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
    thread::{self, Thread},
};

use crate::p1114_print_in_order::Foo;

/// A flag and a sleeper for each word that somebody waits for.
#[derive(Default)]
pub(super) struct Sleepers {
    first_printed: Flag,
    second_printed: Flag,
}

#[derive(Default)]
struct Flag {
    raised: AtomicBool,
    sleeper: OnceLock<Thread>,
}

impl Flag {
    fn raise(&self) {
        self.raised.store(true, Ordering::Release);
        // Waits for the handle: a sleeper that has not left it yet must not be missed.
        self.sleeper.wait().unpark();
    }

    fn sleep_until_raised(&self) {
        self.sleeper.set(thread::current()).expect("each word is waited for once");
        // A loop, because park may return for no reason. Acquire: pairs with the Release in
        // `raise`; what is printed there is before what is printed here.
        while !self.raised.load(Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Foo for Sleepers {
    fn new() -> Self {
        Self::default()
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.first_printed.raise();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.first_printed.sleep_until_raised();
        print_second();
        self.second_printed.raise();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.second_printed.sleep_until_raised();
        print_third();
    }
}
