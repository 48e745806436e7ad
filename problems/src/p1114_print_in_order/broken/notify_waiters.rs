//! Broken: `notify_waiters` leaves no permit (1114-k). A task that comes late waits for a
//! notification that has been given already.

use sync::future::Notify;

use crate::p1114_print_in_order::AsyncFoo;

/// One notification for each word that somebody waits for.
pub(super) struct Notifications {
    first_printed: Notify,
    second_printed: Notify,
}

impl AsyncFoo for Notifications {
    fn new() -> Self {
        Self { first_printed: Notify::new(), second_printed: Notify::new() }
    }

    async fn first<F: FnOnce() + Send>(&self, print_first: F) {
        print_first();
        self.first_printed.notify_waiters();
    }

    async fn second<F: FnOnce() + Send>(&self, print_second: F) {
        self.first_printed.notified().await;
        print_second();
        self.second_printed.notify_waiters();
    }

    async fn third<F: FnOnce() + Send>(&self, print_third: F) {
        self.second_printed.notified().await;
        print_third();
    }
}
