//! Threads that run one task after the other: starting one costs as much as a whole short
//! execution.
//!
//! A worker whose task never ends is simply not seen again: nobody waits for it, and the next task
//! gets another one.

use std::{
    sync::{Arc, OnceLock},
    thread::{self, Thread},
};

use parking_lot::Mutex;
use sync::control;

use super::controller::CONTROLLER;
use crate::panics;

/// What a worker does: given its seat, which it must [vacate](Seat::vacate) to be given more.
pub(super) type Job = Box<dyn FnOnce(&Seat) + Send>;

/// The workers of an engine.
#[derive(Default)]
pub(super) struct Pool {
    workers: Mutex<Workers>,
}

#[derive(Default)]
struct Workers {
    /// Those without a task, each at the place of its number: the one with the lowest number goes
    /// first, so that the same task of each execution finds the same worker, on the right core.
    idle: Vec<Option<Arc<Worker>>>,
    is_closed: bool,
}

/// A thread's place in the pool.
pub(super) struct Seat {
    pool: Arc<Pool>,
    worker: Arc<Worker>,
}

struct Worker {
    number: usize,
    mailbox: Mutex<Option<Order>>,
    /// Set by whoever starts the worker, before anybody else knows of it.
    thread: OnceLock<Thread>,
}

enum Order {
    Run(Job),
    Leave,
}

impl Pool {
    /// Has a worker do `job`, a new one if all are busy.
    pub(super) fn give(self: &Arc<Self>, job: Job) {
        let mut workers = self.workers.lock();
        let idle = workers.idle.iter_mut().find_map(Option::take);
        let worker = idle.unwrap_or_else(|| {
            let number = workers.idle.len();
            workers.idle.push(None);
            self.start(number)
        });
        drop(workers);
        worker.post(Order::Run(job));
    }

    /// Lets the workers go, each when it has nothing to do.
    pub(super) fn close(&self) {
        let mut workers = self.workers.lock();
        workers.is_closed = true;
        workers.idle.drain(..).flatten().for_each(|worker| worker.post(Order::Leave));
    }

    fn start(self: &Arc<Self>, number: usize) -> Arc<Worker> {
        let (mailbox, thread) = (Mutex::new(None), OnceLock::new());
        let worker = Arc::new(Worker { number, mailbox, thread });
        let seat = Seat { pool: Arc::clone(self), worker: Arc::clone(&worker) };
        let started = thread::Builder::new().name(format!("task thread {number}"));
        let handle = started.spawn(move || seat.work()).expect("the system can start a thread");
        worker.thread.get_or_init(|| handle.thread().clone());
        worker
    }
}

impl Seat {
    /// Runs jobs until it is told to leave.
    fn work(&self) {
        let _control = control::install(&CONTROLLER);
        panics::catch(true);
        while let Order::Run(job) = self.worker.next() {
            job(self);
        }
    }

    /// The worker can be given the next job, which it will do when it is done with this one.
    pub(super) fn vacate(&self) {
        let mut workers = self.pool.workers.lock();
        if workers.is_closed {
            drop(workers);
            self.worker.post(Order::Leave);
        } else {
            workers.idle[self.worker.number] = Some(Arc::clone(&self.worker));
        }
    }
}

impl Worker {
    fn post(&self, order: Order) {
        *self.mailbox.lock() = Some(order);
        if let Some(thread) = self.thread.get() {
            thread.unpark();
        }
    }

    fn next(&self) -> Order {
        loop {
            if let Some(order) = self.mailbox.lock().take() {
                return order;
            }
            thread::park();
        }
    }
}
