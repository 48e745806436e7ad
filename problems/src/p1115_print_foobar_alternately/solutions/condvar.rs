//! A word in a mutex says whose turn it is. Each task waits until it is its own, prints, and hands
//! the turn over under the same lock.

use sync::{Condvar, Mutex};

use crate::p1115_print_foobar_alternately::FooBar;

/// Whose turn it is, and a way to hear of a change.
pub(super) struct Turn {
    n: usize,
    next: Mutex<Word>,
    changed: Condvar,
}

#[derive(Clone, Copy, PartialEq)]
enum Word {
    Foo,
    Bar,
}

impl Turn {
    fn take_turns(&self, mine: Word, theirs: Word, print: impl Fn()) {
        for _ in 0..self.n {
            let mut next = self.next.lock();
            while *next != mine {
                self.changed.wait(&mut next);
            }
            print();
            *next = theirs;
            // One is enough: nobody waits but the other task, and only for this.
            self.changed.notify_one();
        }
    }
}

impl FooBar for Turn {
    fn new(n: usize) -> Self {
        Self { n, next: Mutex::new(Word::Foo), changed: Condvar::new() }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        self.take_turns(Word::Foo, Word::Bar, print_foo);
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        self.take_turns(Word::Bar, Word::Foo, print_bar);
    }
}
