//! A waiter, or arbitrator, hands out both forks at once, to whoever ordered first and can have
//! them. No task is spent on it: the waiter's book lies in a channel with room for one, and
//! whoever has received it is the waiter, until the book is sent back.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// Both ends of the channel in which the book lies.
pub(super) struct Waiter {
    duty: (Sender<Book>, Receiver<Book>),
}

/// Forks are bits here.
struct Book {
    taken: u8,
    /// Who waits, in the order they came.
    orders: Vec<Order>,
}

struct Order {
    forks: u8,
    granted: Sender<()>,
}

impl Waiter {
    fn serve(&self, change: impl FnOnce(&mut Book)) {
        let mut book = self.duty.1.recv().expect("both ends live as long as self");
        change(&mut book);
        // Forks that somebody waits for are kept for that one, or it might wait for ever.
        let mut spoken_for = book.taken;
        book.orders.retain(|order| {
            let must_wait = order.forks & spoken_for != 0;
            spoken_for |= order.forks;
            if !must_wait {
                book.taken |= order.forks;
                order.granted.send(()).expect("whoever ordered waits for the answer");
            }
            must_wait
        });
        self.duty.0.send(book).expect("both ends live as long as self");
    }
}

impl DiningPhilosophers for Waiter {
    fn new() -> Self {
        let duty = bounded(1);
        let book = Book { taken: 0, orders: Vec::new() };
        duty.0.send(book).expect("the channel has room for the book");
        Self { duty }
    }

    fn wants_to_eat<F1, F2, F3, F4, F5>(
        &self,
        philosopher: i32,
        pick_left_fork: F1,
        pick_right_fork: F2,
        eat: F3,
        put_left_fork: F4,
        put_right_fork: F5,
    ) where
        F1: FnOnce(),
        F2: FnOnce(),
        F3: FnOnce(),
        F4: FnOnce(),
        F5: FnOnce(),
    {
        let left = usize::try_from(philosopher).expect("philosophers are 0 to 4");
        let right = (left + 4) % 5;
        let forks = 1 << left | 1 << right;
        // With room for the answer, the waiter never waits for whoever ordered.
        let (granted, answer) = bounded(1);
        self.serve(|book| book.orders.push(Order { forks, granted }));
        answer.recv().expect("the waiter answers every order");
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        self.serve(|book| book.taken &= !forks);
    }
}
