//! Two oneshots: what happens once is told once. Sending and receiving use up their end, so each
//! end lies in a lock from which the one call that needs it takes it out.

use sync::{
    Mutex,
    future::oneshot::{self, Receiver, Sender},
};

use crate::p1114_print_in_order::AsyncFoo;

/// One oneshot for each word that somebody waits for.
pub(super) struct Oneshots {
    first_printed: Oneshot,
    second_printed: Oneshot,
}

struct Oneshot {
    sender: Mutex<Option<Sender<()>>>,
    receiver: Mutex<Option<Receiver<()>>>,
}

impl Oneshot {
    fn new() -> Self {
        let (sender, receiver) = oneshot::channel();
        Self { sender: Mutex::new(Some(sender)), receiver: Mutex::new(Some(receiver)) }
    }

    fn tell(&self) {
        let sender = self.sender.lock().take().expect("each word is printed once");
        sender.send(()).expect("the receiver lives until it has received");
    }

    async fn hear(&self) {
        let receiver = self.receiver.lock().take().expect("each word is waited for once");
        receiver.await.expect("the sender lives until it has sent");
    }
}

impl AsyncFoo for Oneshots {
    fn new() -> Self {
        Self { first_printed: Oneshot::new(), second_printed: Oneshot::new() }
    }

    async fn first<F: FnOnce() + Send>(&self, print_first: F) {
        print_first();
        self.first_printed.tell();
    }

    async fn second<F: FnOnce() + Send>(&self, print_second: F) {
        self.first_printed.hear().await;
        print_second();
        self.second_printed.tell();
    }

    async fn third<F: FnOnce() + Send>(&self, print_third: F) {
        self.second_printed.hear().await;
        print_third();
    }
}
