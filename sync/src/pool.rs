//! Threads that work off jobs, and the jobs that those make: rayon's, or tasks of a controller that
//! runs tasks itself.

use std::panic::Location;

use parking_lot::Mutex;
use rayon_core::ThreadPoolBuilder;

use crate::{
    control::{self, Enabled, Kind, Op, Question, Resource, Visible},
    thread,
};

/// A pool of threads: rayon's.
///
/// ```
/// use sync::{Mutex, pool::ThreadPool};
///
/// let (pool, done) = (ThreadPool::new(2), Mutex::new(Vec::new()));
/// pool.scope(|scope| {
///     scope.spawn(|scope| {
///         scope.spawn(|_| done.lock().push("a job's job"));
///         done.lock().push("a job");
///     });
/// });
/// assert_eq!(done.into_inner().len(), 2);
/// ```
///
/// # Differences from `rayon`
///
/// - There is nothing but scopes, and a scope's body is itself a job without a result.
/// - With an engine in control, the threads of the pool are tasks. On OS threads rayon itself lets
///   them wait, which an engine cannot see: a pool that is stuck runs out of time.
/// - Under control, any of the waiting jobs may be next, and threads begin with each scope.
#[derive(Debug)]
pub struct ThreadPool(Threads);

#[derive(Debug)]
enum Threads {
    Real(rayon_core::ThreadPool),
    /// So many tasks, which begin with a scope and end with it.
    Tasks(usize),
}

/// Where jobs can be spawned that borrow from outside the scope.
#[derive(Clone, Copy)]
pub struct Scope<'a, 'scope>(Where<'a, 'scope>);

#[derive(Clone, Copy)]
enum Where<'a, 'scope> {
    Real(&'a rayon_core::Scope<'scope>),
    Crew(&'a Crew<'scope>),
}

type Job<'scope> = Box<dyn FnOnce(Scope<'_, 'scope>) + Send + 'scope>;

impl ThreadPool {
    /// A pool of `threads` threads, at least one.
    ///
    /// # Panics
    ///
    /// If the system cannot start so many.
    pub fn new(threads: usize) -> Self {
        let threads = threads.max(1);
        if control::is_cooperative() {
            return Self(Threads::Tasks(threads));
        }
        let begin = |pooled: rayon_core::ThreadBuilder| {
            drop(thread::spawn_named(Some("pool thread".into()), || pooled.run()));
            Ok(())
        };
        let builder = ThreadPoolBuilder::new().num_threads(threads).spawn_handler(begin);
        Self(Threads::Real(builder.build().expect("the system can start threads")))
    }

    /// Runs `first` as a job, and returns when it and every job that was spawned have ended.
    ///
    /// # Panics
    ///
    /// If a job does; the others are run nevertheless.
    #[track_caller]
    pub fn scope<'scope>(&self, first: impl FnOnce(Scope<'_, 'scope>) + Send + 'scope) {
        match &self.0 {
            Threads::Real(pool) => pool.scope(|scope| first(Scope(Where::Real(scope)))),
            Threads::Tasks(threads) => {
                let crew = Crew::new(Box::new(first), Location::caller());
                thread::scope(|scope| {
                    for _ in 0..*threads {
                        scope.spawn(|| crew.work());
                    }
                });
            }
        }
    }
}

impl<'scope> Scope<'_, 'scope> {
    /// One more job for whichever thread is free.
    #[track_caller]
    pub fn spawn(&self, job: impl FnOnce(Scope<'_, 'scope>) + Send + 'scope) {
        match self.0 {
            Where::Real(scope) => {
                control::step(Op::Send, &Resource::new(Kind::Pool));
                scope.spawn(|scope| job(Scope(Where::Real(scope))));
            }
            Where::Crew(crew) => {
                control::step(Op::Send, crew);
                crew.jobs.lock().add(Box::new(job));
            }
        }
    }
}

/// The tasks of one scope, and what there is to do for them.
struct Crew<'scope> {
    resource: Resource,
    /// Where the scope was opened: a report points there, and not here.
    place: &'static Location<'static>,
    jobs: Mutex<Jobs<'scope>>,
}

struct Jobs<'scope> {
    waiting: Vec<Job<'scope>>,
    /// How many are waiting or being done: those being done may make more.
    unfinished: usize,
}

impl<'scope> Crew<'scope> {
    fn new(first: Job<'scope>, place: &'static Location<'static>) -> Self {
        let jobs = Mutex::new(Jobs { waiting: vec![first], unfinished: 1 });
        Self { resource: Resource::new(Kind::Pool), place, jobs }
    }

    /// Does one job after the other, until there are none and nobody can make more.
    fn work(&self) {
        loop {
            self.ask(&|| self.has_news());
            let Some(job) = self.next() else { return };
            job(Scope(Where::Crew(self)));
            // Whoever sees that all is done sees what the jobs have done.
            control::freed(&self.resource);
            self.jobs.lock().unfinished -= 1;
        }
    }

    /// Asks for a job, or for the end, on behalf of whoever has opened the scope.
    fn ask(&self, has_news: &dyn Fn() -> bool) {
        if let Some(controller) = control::current() {
            let (op, enabled) = (Op::Receive, Enabled::When(has_news));
            let Self { resource, place, .. } = self;
            drop(control::pose(
                controller,
                &Question { op, resource, place, enabled, timed: false },
            ));
        }
    }

    fn has_news(&self) -> bool {
        let jobs = self.jobs.lock();
        !jobs.waiting.is_empty() || jobs.unfinished == 0
    }

    /// Any of the waiting jobs.
    fn next(&self) -> Option<Job<'scope>> {
        let mut jobs = self.jobs.lock();
        let waiting = jobs.waiting.len();
        let choose = || control::current().map_or(0, |controller| controller.choose(waiting));
        (waiting > 0).then(|| jobs.waiting.swap_remove(choose()))
    }
}

impl<'scope> Jobs<'scope> {
    fn add(&mut self, job: Job<'scope>) {
        self.waiting.push(job);
        self.unfinished += 1;
    }
}

impl Visible for Crew<'_> {
    fn resource(&self) -> &Resource {
        &self.resource
    }
}
