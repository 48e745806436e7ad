//! Broken: sleeps where it should wait (1114-e). Time passes for everybody, and a task that is late
//! is not late by less than 50 ms because somebody hopes so.

use std::time::Duration;

use sync::thread;

use crate::p1114_print_in_order::Foo;

/// Nothing: the tasks share the clock.
pub(super) struct Sleeping;

impl Foo for Sleeping {
    fn new() -> Self {
        Self
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        thread::sleep(Duration::from_millis(50));
        print_second();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        thread::sleep(Duration::from_millis(100));
        print_third();
    }
}
