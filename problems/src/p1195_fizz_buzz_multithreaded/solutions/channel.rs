//! The count itself travels: whoever receives it speaks, and sends the next number to whoever has
//! to say that. A number past `n` goes to all four and means that it is over.

use sync::channel::{Receiver, Sender, bounded};

use crate::p1195_fizz_buzz_multithreaded::FizzBuzz;

/// Both ends of a channel for each: `numbers` holds the count at first.
pub(super) struct Tokens {
    n: i32,
    fizzes: Channel,
    buzzes: Channel,
    fizzbuzzes: Channel,
    numbers: Channel,
}

/// Has room for the count, of which there is only one: sending never waits.
type Channel = (Sender<i32>, Receiver<i32>);

impl Tokens {
    fn take_turns(&self, mine: &Channel, print: impl Fn(i32)) {
        loop {
            let i = mine.1.recv().expect("both ends live as long as self");
            if i > self.n {
                return;
            }
            print(i);
            self.pass_on(i + 1);
        }
    }

    fn pass_on(&self, i: i32) {
        let next = match (i % 3, i % 5) {
            _ if i > self.n => &[&self.fizzes, &self.buzzes, &self.fizzbuzzes, &self.numbers][..],
            (0, 0) => &[&self.fizzbuzzes],
            (0, _) => &[&self.fizzes],
            (_, 0) => &[&self.buzzes],
            _ => &[&self.numbers],
        };
        for (sender, _) in next {
            sender.send(i).expect("both ends live as long as self");
        }
    }
}

impl FizzBuzz for Tokens {
    fn new(n: i32) -> Self {
        let [fizzes, buzzes, fizzbuzzes, numbers] = [(); 4].map(|()| bounded(1));
        numbers.0.send(1).expect("the channel has room for the count");
        Self { n, fizzes, buzzes, fizzbuzzes, numbers }
    }

    fn fizz<F: Fn()>(&self, print_fizz: F) {
        self.take_turns(&self.fizzes, |_| print_fizz());
    }

    fn buzz<F: Fn()>(&self, print_buzz: F) {
        self.take_turns(&self.buzzes, |_| print_buzz());
    }

    fn fizzbuzz<F: Fn()>(&self, print_fizz_buzz: F) {
        self.take_turns(&self.fizzbuzzes, |_| print_fizz_buzz());
    }

    fn number<F: Fn(i32)>(&self, print_number: F) {
        self.take_turns(&self.numbers, print_number);
    }
}
