//! Solutions of 1115 that try to hurt the judge, as data: what each does, and the verdict that it must
//! get on either engine.
//!
//! Each answers rightly, by two semaphores, and does one thing besides. `judge list` does not know
//! them; the program `hostile-judge` does.

#![expect(clippy::large_stack_arrays, reason = "overflowing a stack is what some are about")]
#![expect(clippy::missing_spin_loop, reason = "a bare loop is what some are about")]

mod blocking;
mod endings;
mod forging;
mod hazards;
mod lasting;
mod loops;
mod memory;
mod output;
mod panics;
mod raw;
mod reaching_out;
mod unsteady;
mod upright;

use judge::problems::{Solution, Technique, p1115_print_foobar_alternately as foobar};
use sync::Semaphore;

/// One hostile solution.
#[derive(Clone, Copy, Debug)]
pub struct Hostile {
    /// The solution.
    pub solution: Solution,
    /// The verdict under control.
    pub controlled: &'static str,
    /// The verdict on OS threads.
    pub threads: &'static str,
}

/// All of them, by kind.
pub const KINDS: &[&[Hostile]] = &[
    endings::ALL,
    panics::ALL,
    memory::ALL,
    output::ALL,
    forging::ALL,
    reaching_out::ALL,
    lasting::ALL,
    blocking::ALL,
    loops::ALL,
    unsteady::ALL,
    upright::ALL,
    hazards::ALL,
];

/// Every hostile solution.
pub fn all() -> impl Iterator<Item = &'static Hostile> {
    KINDS.iter().copied().flatten()
}

/// The problem that they answer.
pub const PROBLEM: u16 = 1115;

/// What a solution does besides answering.
trait Deed: Send + Sync + 'static {
    /// Done by `foo` before it begins.
    fn before() {}

    /// Done by `bar` when it has ended.
    fn after() {}
}

/// The right answer, and a deed.
struct Doing<D> {
    n: usize,
    foo_turn: Semaphore,
    bar_turn: Semaphore,
    deed: std::marker::PhantomData<D>,
}

impl<D: Deed> foobar::FooBar for Doing<D> {
    fn new(n: usize) -> Self {
        let (foo_turn, bar_turn) = (Semaphore::new(1), Semaphore::new(0));
        Self { n, foo_turn, bar_turn, deed: std::marker::PhantomData }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        D::before();
        for _ in 0..self.n {
            self.foo_turn.acquire();
            print_foo();
            self.bar_turn.release();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.bar_turn.acquire();
            print_bar();
            self.foo_turn.release();
        }
        D::after();
    }
}

/// Lists a solution that does `D` besides.
const fn hostile<D: Deed>(
    name: &'static str,
    idea: &'static str,
    [controlled, threads]: [&'static str; 2],
) -> Hostile {
    let solution = foobar::solution::<Doing<D>>(name, Technique::Semaphore, idea);
    Hostile { solution, controlled, threads }
}

/// A table of deeds: the type, its name, what it does, the verdicts, and the deed itself.
macro_rules! deeds {
    ($($name:ident $text:literal $idea:literal $verdicts:expr, $when:ident $deed:block)*) => {
        $(
            struct $name;

            impl crate::Deed for $name {
                fn $when() $deed
            }
        )*

        /// The solutions of this kind.
        pub(crate) const ALL: &[crate::Hostile] =
            &[$(crate::hostile::<$name>($text, $idea, $verdicts)),*];
    };
}
use deeds;
