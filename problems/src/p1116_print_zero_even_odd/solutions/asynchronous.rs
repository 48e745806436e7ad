//! Zero sends each number to the one that prints it, and goes on when word comes back that it is
//! printed. Receiving wants the receiver for itself, so each lies in a lock that its task keeps.

use sync::future::{
    Mutex,
    mpsc::{Receiver, Sender, channel},
};

use crate::p1116_print_zero_even_odd::AsyncZeroEvenOdd;

/// Three channels, which are empty at first.
pub(super) struct Messages {
    n: i32,
    for_even: Channel<i32>,
    for_odd: Channel<i32>,
    printed: Channel<()>,
}

type Channel<T> = (Sender<T>, Mutex<Receiver<T>>);

fn with_room_for_one<T>() -> Channel<T> {
    let (sender, receiver) = channel(1);
    (sender, Mutex::new(receiver))
}

impl Messages {
    async fn print(&self, count: i32, numbers: &Channel<i32>, print_number: impl Fn(i32)) {
        let mut numbers = numbers.1.lock().await;
        for _ in 0..count {
            print_number(numbers.recv().await.expect("both ends live as long as self"));
            self.printed.0.send(()).await.expect("both ends live as long as self");
        }
    }
}

impl AsyncZeroEvenOdd for Messages {
    fn new(n: i32) -> Self {
        let (for_even, for_odd) = (with_room_for_one(), with_room_for_one());
        Self { n, for_even, for_odd, printed: with_room_for_one() }
    }

    async fn zero<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        let mut printed = self.printed.1.lock().await;
        for number in 1..=self.n {
            print_number(0);
            let for_next = if number % 2 == 0 { &self.for_even } else { &self.for_odd };
            for_next.0.send(number).await.expect("both ends live as long as self");
            printed.recv().await.expect("both ends live as long as self");
        }
    }

    async fn even<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        self.print(self.n / 2, &self.for_even, print_number).await;
    }

    async fn odd<F: Fn(i32) + Send + Sync>(&self, print_number: F) {
        self.print(self.n - self.n / 2, &self.for_odd, print_number).await;
    }
}
