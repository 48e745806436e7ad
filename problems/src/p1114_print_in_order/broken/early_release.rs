//! Broken: each gate is opened before the word is printed (1114-g), and the next word may overtake
//! it.

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
        self.first_printed.release();
        print_first();
    }

    fn second<F: FnOnce()>(&self, print_second: F) {
        self.first_printed.acquire();
        self.second_printed.release();
        print_second();
    }

    fn third<F: FnOnce()>(&self, print_third: F) {
        self.second_printed.acquire();
        print_third();
    }
}
