//! One permit travels between two async semaphores. A permit that is acquired comes back when its
//! guard is dropped, so it is forgotten here, and given to the other side by hand.

use sync::future::Semaphore;

use crate::p1115_print_foobar_alternately::AsyncFooBar;

/// Two gates, of which one is open.
pub(super) struct Gates {
    n: usize,
    foo_turn: Semaphore,
    bar_turn: Semaphore,
}

impl AsyncFooBar for Gates {
    fn new(n: usize) -> Self {
        Self { n, foo_turn: Semaphore::new(1), bar_turn: Semaphore::new(0) }
    }

    async fn foo<F: Fn() + Send + Sync>(&self, print_foo: F) {
        for _ in 0..self.n {
            self.foo_turn.acquire().await.expect("nobody closes the gates").forget();
            print_foo();
            self.bar_turn.add_permits(1);
        }
    }

    async fn bar<F: Fn() + Send + Sync>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.bar_turn.acquire().await.expect("nobody closes the gates").forget();
            print_bar();
            self.foo_turn.add_permits(1);
        }
    }
}
