//! An async lock for each fork. Even philosophers take the right fork first and odd ones the left.
//! The fork that an odd one takes second is its neighbour's second too: whoever has it has both
//! and waits for nobody, so waiting never goes all the way round.

use std::array;

use sync::future::Mutex;

use crate::p1226_the_dining_philosophers::AsyncDiningPhilosophers;

/// A lock for each fork.
pub(super) struct Forks {
    forks: [Mutex<()>; 5],
}

impl AsyncDiningPhilosophers for Forks {
    fn new() -> Self {
        Self { forks: array::from_fn(|_| Mutex::new(())) }
    }

    async fn wants_to_eat<F1, F2, F3, F4, F5>(
        &self,
        philosopher: i32,
        pick_left_fork: F1,
        pick_right_fork: F2,
        eat: F3,
        put_left_fork: F4,
        put_right_fork: F5,
    ) where
        F1: FnOnce() + Send,
        F2: FnOnce() + Send,
        F3: FnOnce() + Send,
        F4: FnOnce() + Send,
        F5: FnOnce() + Send,
    {
        let left = usize::try_from(philosopher).expect("philosophers are 0 to 4");
        let right = (left + 4) % 5;
        let (first, second) = if philosopher % 2 == 0 { (right, left) } else { (left, right) };
        let _first = self.forks[first].lock().await;
        let _second = self.forks[second].lock().await;
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
    }
}
