//! Phases in which nobody's forks are a neighbour's, and a barrier between them: contrived, but
//! nobody waits for more than three phases. A barrier for five would hang whenever somebody is not
//! hungry, so this one is built here, and only the hungry are its members.

use std::array;

use sync::{Condvar, Mutex, MutexGuard};

use crate::p1226_the_dining_philosophers::DiningPhilosophers;

/// Phases go round: in one 0 and 2 may eat, in the next 1 and 3, in the third 4.
pub(super) struct Phases {
    /// Held for a whole call: in one phase a philosopher eats once.
    seats: [Mutex<()>; 5],
    phaser: Phaser,
}

/// A barrier that one may join and leave.
struct Phaser {
    round: Mutex<Round>,
    advanced: Condvar,
}

struct Round {
    phase: usize,
    members: usize,
    /// How many members wait for the next phase; fewer than there are, unless there are none.
    arrived: usize,
}

impl Phaser {
    /// Becomes a member, as from the next phase if others are in this one. They need not wait for
    /// newcomers then, and cannot be kept from moving on by a stream of them.
    fn join(&self) -> usize {
        let mut round = self.round.lock();
        round.members += 1;
        if round.members > 1 {
            self.arrive(&mut round);
        }
        round.phase
    }

    fn next(&self) -> usize {
        let mut round = self.round.lock();
        self.arrive(&mut round);
        round.phase
    }

    fn leave(&self) {
        let mut round = self.round.lock();
        round.members -= 1;
        self.advance_if_all_arrived(&mut round);
    }

    fn arrive(&self, round: &mut MutexGuard<'_, Round>) {
        let phase = round.phase;
        round.arrived += 1;
        self.advance_if_all_arrived(round);
        while round.phase == phase {
            self.advanced.wait(round);
        }
    }

    fn advance_if_all_arrived(&self, round: &mut Round) {
        if round.arrived == round.members {
            round.phase = (round.phase + 1) % 3;
            round.arrived = 0;
            self.advanced.notify_all();
        }
    }
}

impl DiningPhilosophers for Phases {
    fn new() -> Self {
        let round = Mutex::new(Round { phase: 0, members: 0, arrived: 0 });
        Self {
            seats: array::from_fn(|_| Mutex::new(())),
            phaser: Phaser { round, advanced: Condvar::new() },
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
        let mine = [0, 1, 0, 1, 2][me];
        let _seat = self.seats[me].lock();
        let mut phase = self.phaser.join();
        while phase != mine {
            phase = self.phaser.next();
        }
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        self.phaser.leave();
    }
}
