#![doc = include_str!("../README.md")]

mod account;
mod bluetooth_driver;
mod carter01;
mod circular_buffer;
mod deadlock01;
mod figure5;
mod lazy01;
mod reorder;
mod safe_stack;
mod stack;
mod stringbuffer;
mod token_ring;
mod twostage;
mod uneven_lengths;
mod work_steal_queue;
mod wronglock;

pub mod bounded_buffer;
pub mod further;
pub mod later;
pub mod padded;

/// A program with a bug.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its name in the literature.
    pub name: &'static str,
    /// What is wrong with it.
    pub bug: Bug,
    /// The program: its first task.
    pub wrong: fn(),
    /// The same without the bug, where there is such a program.
    pub fixed: Option<fn()>,
}

/// What is wrong with a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bug {
    /// Tasks wait for each other.
    Deadlock,
    /// What should be one step are several.
    Atomicity,
    /// Something is taken to happen before something else.
    Order,
    /// The program does what it should, but is expected to do something else.
    Expectation,
}

const fn program(name: &'static str, bug: Bug, wrong: fn(), fixed: fn()) -> Program {
    Program { name, bug, wrong, fixed: Some(fixed) }
}

/// The programs that every strategy worth its name is measured with, the small ones first.
pub const ALL: &[Program] = &[
    program("deadlock01", Bug::Deadlock, deadlock01::wrong, deadlock01::fixed),
    program("carter01", Bug::Deadlock, carter01::wrong, carter01::fixed),
    program("account", Bug::Expectation, account::wrong, account::fixed),
    program("token_ring", Bug::Order, token_ring::wrong, token_ring::fixed),
    program("lazy01", Bug::Expectation, lazy01::wrong, lazy01::fixed),
    program("bluetooth_driver", Bug::Atomicity, bluetooth_driver::wrong, bluetooth_driver::fixed),
    program("circular_buffer", Bug::Order, circular_buffer::wrong, circular_buffer::fixed),
    program("stack", Bug::Order, stack::wrong, stack::fixed),
    program("stringbuffer", Bug::Atomicity, stringbuffer::wrong, stringbuffer::fixed),
    program("wronglock_3", Bug::Atomicity, || wronglock::wrong(3), || wronglock::fixed(3)),
    program("wronglock", Bug::Atomicity, || wronglock::wrong(7), || wronglock::fixed(7)),
    program("work_steal_queue", Bug::Atomicity, work_steal_queue::wrong, work_steal_queue::fixed),
    program("bounded_buffer", Bug::Atomicity, bounded_buffer::wrong, bounded_buffer::fixed),
    program("figure5", Bug::Order, || figure5::wrong(20), || figure5::fixed(20)),
    program("uneven", Bug::Order, || uneven_lengths::wrong(25), || uneven_lengths::fixed(25)),
    program("twostage", Bug::Atomicity, || twostage::wrong(1, 1), || twostage::fixed(1, 1)),
    program("twostage_20", Bug::Atomicity, || twostage::wrong(10, 10), || twostage::fixed(10, 10)),
    program("twostage_50", Bug::Atomicity, || twostage::wrong(40, 10), || twostage::fixed(40, 10)),
    program("twostage_100", Bug::Atomicity, || twostage::wrong(99, 1), || twostage::fixed(99, 1)),
    program("reorder_3", Bug::Atomicity, || reorder::wrong(2, 1), || reorder::fixed(2, 1)),
    program("reorder_4", Bug::Atomicity, || reorder::wrong(3, 1), || reorder::fixed(3, 1)),
    program("reorder_5", Bug::Atomicity, || reorder::wrong(4, 1), || reorder::fixed(4, 1)),
    program("reorder_10", Bug::Atomicity, || reorder::wrong(9, 1), || reorder::fixed(9, 1)),
    program("reorder_20", Bug::Atomicity, || reorder::wrong(10, 10), || reorder::fixed(10, 10)),
    program("reorder_50", Bug::Atomicity, || reorder::wrong(40, 10), || reorder::fixed(40, 10)),
    program("reorder_100", Bug::Atomicity, || reorder::wrong(99, 1), || reorder::fixed(99, 1)),
];

/// All that have a fixed twin: these, and those of other shapes.
pub fn with_twins() -> impl Iterator<Item = &'static Program> {
    ALL.iter().chain(further::LOOKED_AT).chain(further::KEPT_ASIDE).chain(later::UNSEEN)
}

/// The one that most tools never find, and that has no fixed twin.
pub const SAFE_STACK: Program =
    Program { name: "safe_stack", bug: Bug::Atomicity, wrong: safe_stack::wrong, fixed: None };
