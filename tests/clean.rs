//! What looks wrong and is right: traps for reviewers that are too strict. Another explorer of every
//! interleaving has found nothing wrong with them either.

use judge::{
    Bounds, Input, Judge, Word,
    engine::Limits,
    problems::{
        Problem, Solution, Technique, p1195_fizz_buzz_multithreaded as fizz_buzz,
        p1226_the_dining_philosophers as philosophers,
    },
};
use sync::{Condvar, Mutex};

/// Those who wait hear of a new number only when the lock is free again.
struct Unlocked {
    n: i32,
    next: Mutex<i32>,
    changed: Condvar,
}

impl Unlocked {
    fn take_turns(&self, is_mine: impl Fn(i32) -> bool, print: impl Fn(i32)) {
        loop {
            let mut next = self.next.lock();
            while *next <= self.n && !is_mine(*next) {
                self.changed.wait(&mut next);
            }
            if *next > self.n {
                return;
            }
            print(*next);
            *next += 1;
            drop(next);
            self.changed.notify_all();
        }
    }
}

impl fizz_buzz::FizzBuzz for Unlocked {
    fn new(n: i32) -> Self {
        Self { n, next: Mutex::new(1), changed: Condvar::new() }
    }

    fn fizz<F: Fn()>(&self, print_fizz: F) {
        self.take_turns(|i| i % 3 == 0 && i % 5 != 0, |_| print_fizz());
    }

    fn buzz<F: Fn()>(&self, print_buzz: F) {
        self.take_turns(|i| i % 3 != 0 && i % 5 == 0, |_| print_buzz());
    }

    fn fizzbuzz<F: Fn()>(&self, print_fizz_buzz: F) {
        self.take_turns(|i| i % 15 == 0, |_| print_fizz_buzz());
    }

    fn number<F: Fn(i32)>(&self, print_number: F) {
        self.take_turns(|i| i % 3 != 0 && i % 5 != 0, print_number);
    }
}

/// A monitor that wakes one philosopher, and perhaps one who cannot eat yet. Once nobody eats
/// everybody can, so nobody is forgotten.
struct WakesOne {
    taken: Mutex<[bool; 5]>,
    put_back: Condvar,
}

impl philosophers::DiningPhilosophers for WakesOne {
    fn new() -> Self {
        Self { taken: Mutex::new([false; 5]), put_back: Condvar::new() }
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
        let mut taken = self.taken.lock();
        while taken[left] || taken[right] {
            self.put_back.wait(&mut taken);
        }
        (taken[left], taken[right]) = (true, true);
        drop(taken);
        pick_left_fork();
        pick_right_fork();
        eat();
        put_left_fork();
        put_right_fork();
        let mut taken = self.taken.lock();
        (taken[left], taken[right]) = (false, false);
        self.put_back.notify_one();
    }
}

/// Verifies `solution` on each of `inputs`, where waits end only if notified.
#[track_caller]
fn is_clean(problem: &Problem, solution: &Solution, inputs: &[&str]) {
    let limits = Limits { steps: 20_000, spurious: false, ..Limits::default() };
    let judge = Judge { limits, shrink_steps: 0, ..Judge::default() };
    let bounds = Bounds { cores: 1, ..Bounds::default() };
    for input in inputs {
        let found = judge.verify(problem, solution, &Input::own(input), &bounds, &|_| ());
        assert_eq!(found.word, Word::Verified, "{} {input}", solution.name);
    }
}

#[test]
fn notifying_after_unlocking_loses_nothing() {
    let solution =
        fizz_buzz::solution::<Unlocked>("unlocked", Technique::Condvar, "notifies unlocked");
    is_clean(&fizz_buzz::PROBLEM, &solution, &["1", "2", "3"]);
    Judge { executions: 500, ..Judge::default() }.assert_accepted(&fizz_buzz::PROBLEM, &solution);
}

#[test]
fn a_monitor_that_wakes_one_of_several_philosophers_starves_nobody() {
    let solution = philosophers::solution::<WakesOne>("wakes-one", Technique::Condvar, "wakes one");
    let inputs = ["1,1,0,0,0", "1,1,1,0,0", "1,1,1,1,0"];
    is_clean(&philosophers::PROBLEM, &solution, &inputs);
}
