//! Broken: a dirty fork is asked for like a clean one, and its owner has to hand it over. An owner
//! who thinks does not.

use std::array;

use sync::channel::{Receiver, Sender, bounded};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// A channel with room for one, and both of its ends.
type Slot<T> = (Sender<T>, Receiver<T>);

/// A slot for each fork, and two for each philosopher.
pub(super) struct Table {
    forks: [Slot<Fork>; 5],
    /// Rings when a neighbour has handed over a fork.
    bells: [Slot<()>; 5],
    /// Empty during a call: the rules are for one hunger at a time.
    seats: [Slot<()>; 5],
}

struct Fork {
    /// Whoever has it, thinking, hungry or eating. Its neighbour eats first while the fork is
    /// dirty.
    owner: usize,
    /// Whether the owner keeps it until it has eaten.
    clean: bool,
    /// The neighbour, if it waits for the fork.
    asker: Option<usize>,
}

impl Table {
    /// Receives both forks of `me`, lets `change` see them, and sends them back. That is a moment,
    /// and the lower slot comes first, so no ring closes here; eating happens elsewhere.
    fn with_forks<R>(&self, me: usize, change: impl FnOnce(&mut [Fork; 2]) -> R) -> R {
        let right = (me + 4) % 5;
        let slots = [&self.forks[me.min(right)], &self.forks[me.max(right)]];
        let mut forks = slots.map(|slot| slot.1.recv().expect("both ends live as long as self"));
        let answer = change(&mut forks);
        for (slot, fork) in slots.into_iter().zip(forks) {
            slot.0.send(fork).expect("the slot is the fork's own");
        }
        answer
    }

    /// Asks for the neighbours' forks; whether `me` may eat now.
    fn claim(&self, me: usize) -> bool {
        self.with_forks(me, |forks| {
            for fork in forks.iter_mut().filter(|fork| fork.owner != me) {
                fork.asker = Some(me);
            }
            let may_eat = forks.iter().all(|fork| fork.owner == me);
            // An own fork that is still dirty is kept only now: till here it could be lost.
            for fork in forks {
                fork.clean |= may_eat;
            }
            may_eat
        })
    }

    /// Leaves both forks dirty, or cleans them for the neighbours who ask.
    fn finish(&self, me: usize) {
        self.with_forks(me, |forks| {
            for fork in forks {
                match fork.asker.take() {
                    None => fork.clean = false,
                    Some(asker) => {
                        fork.owner = asker;
                        // A bell that rings already will do: whoever hears it looks at both forks.
                        let _rings = self.bells[asker].0.try_send(());
                    }
                }
            }
        });
    }
}

impl DiningPhilosophers for Table {
    fn new() -> Self {
        // Philosopher 0 has both its forks and 4 has none: who yields to whom is no ring at first,
        // and no meal makes it one.
        let owner = |fork: usize| if fork == 4 { 0 } else { fork };
        let fork = |fork| Fork { owner: owner(fork), clean: false, asker: None };
        Self {
            forks: array::from_fn(|number| full(fork(number))),
            bells: array::from_fn(|_| bounded(1)),
            seats: array::from_fn(|_| full(())),
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
        self.seats[me].1.recv().expect("both ends live as long as self");
        while !self.claim(me) {
            self.bells[me].1.recv().expect("both ends live as long as self");
        }
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        self.finish(me);
        self.seats[me].0.send(()).expect("both ends live as long as self");
    }
}

fn full<T>(message: T) -> Slot<T> {
    let slot = bounded(1);
    slot.0.send(message).expect("the slot has room");
    slot
}
