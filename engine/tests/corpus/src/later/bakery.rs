//! Lamport's bakery, where one who still draws its number is not waited for: two may have the same
//! number, and the first has not been seen when the second went in. Whoever would have to wait goes away
//! instead.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

const CUSTOMERS: usize = 2;

#[derive(Default)]
struct Bakery {
    draws: [AtomicBool; CUSTOMERS],
    numbers: [AtomicUsize; CUSTOMERS],
    inside: AtomicUsize,
}

impl Bakery {
    fn visit(&self, customer: usize, minds_draws: bool) {
        self.draws[customer].store(true, SeqCst);
        let highest = self.numbers.iter().map(|number| number.load(SeqCst)).max();
        let own = highest.map_or(1, |highest| highest + 1);
        self.numbers[customer].store(own, SeqCst);
        self.draws[customer].store(false, SeqCst);
        let is_before = |other: usize| {
            if minds_draws && self.draws[other].load(SeqCst) {
                return true;
            }
            let number = self.numbers[other].load(SeqCst);
            number != 0 && (number, other) < (own, customer)
        };
        if !(0..CUSTOMERS).filter(|&other| other != customer).any(is_before) {
            assert_eq!(self.inside.fetch_add(1, SeqCst), 0, "somebody is inside");
            self.inside.fetch_sub(1, SeqCst);
        }
        self.numbers[customer].store(0, SeqCst);
    }
}

pub(super) fn wrong() {
    run(false);
}

/// Nobody goes in while another one draws.
pub(super) fn fixed() {
    run(true);
}

fn run(minds_draws: bool) {
    let bakery = Bakery::default();
    let bakery = &bakery;
    thread::scope(|scope| {
        for customer in 0..CUSTOMERS {
            scope.spawn(move || bakery.visit(customer, minds_draws));
        }
    });
}
