//! Each philosopher has a semaphore of its own to sleep on, and whoever finds that it may eat,
//! itself or a neighbour that puts its forks back, gives it the permit (Dijkstra, 1971).

use std::array;

use sync::{Mutex, Semaphore};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// What everybody is doing, and a semaphore for each who waits.
pub(super) struct Invitations {
    states: Mutex<[State; 5]>,
    /// A permit once a hungry philosopher has been set to eating.
    may_eat: [Semaphore; 5],
    /// Held for a whole call: a state is one call's.
    seats: [Semaphore; 5],
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Thinking,
    Hungry,
    Eating,
}

impl Invitations {
    fn invite(&self, states: &mut [State; 5], who: usize) {
        let neighbour_eats = [1, 4].iter().any(|n| states[(who + n) % 5] == State::Eating);
        if states[who] == State::Hungry && !neighbour_eats {
            states[who] = State::Eating;
            self.may_eat[who].release();
        }
    }
}

impl DiningPhilosophers for Invitations {
    fn new() -> Self {
        Self {
            states: Mutex::new([State::Thinking; 5]),
            may_eat: array::from_fn(|_| Semaphore::new(0)),
            seats: array::from_fn(|_| Semaphore::new(1)),
        }
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
        let me = usize::try_from(philosopher).expect("philosophers are 0 to 4");
        self.seats[me].acquire();
        let mut states = self.states.lock();
        states[me] = State::Hungry;
        self.invite(&mut states, me);
        drop(states);
        self.may_eat[me].acquire();
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        let mut states = self.states.lock();
        states[me] = State::Thinking;
        self.invite(&mut states, (me + 1) % 5);
        self.invite(&mut states, (me + 4) % 5);
        drop(states);
        self.seats[me].release();
    }
}
