//! Two gates, both closed at first. Whoever prints opens the next one afterwards, and the permit
//! waits there for a task that comes late.

use sync::Semaphore;

use crate::p1114_print_in_order::Foo;

/// A gate before each of the later two words.
pub(super) struct Gates {
    first_printed: Semaphore,
    second_printed: Semaphore,
}

impl Foo for Gates {
    fn new() -> Self {
        Self { first_printed: Semaphore::new(0), second_printed: Semaphore::new(0) }
    }

    fn first<F: FnOnce()>(&self, print_first: F) {
        print_first();
        self.first_printed.release();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.first_printed.acquire();
        print_second();
        self.second_printed.release();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.second_printed.acquire();
        print_third();
    }
}
