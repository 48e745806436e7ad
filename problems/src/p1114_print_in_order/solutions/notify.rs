//! Two of Tokio's `Notify`. Its `notify_one` leaves a permit when nobody waits yet, so whoever
//! comes late goes straight on.

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
        self.first_printed.notify_one();
    }

    async fn second<F: FnOnce() + Send>(&self, print_second: F) {
        self.first_printed.notified().await;
        print_second();
        self.second_printed.notify_one();
    }

    async fn third<F: FnOnce() + Send>(&self, print_third: F) {
        self.second_printed.notified().await;
        print_third();
    }
}
