//! Many executions of a program, and the first that goes wrong.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    Controlled, Coverage, Limits, Program, Replayer, Schedule,
    analysis::Callbacks,
    failure::{Failure, Seen},
    strategy::{Guide, StrategyKind},
};

/// Runs `program` 10,000 times, each time with its tasks in another order.
///
/// The program builds what it shares anew each time. See [`Checker`] for another number or strategy,
/// and for an answer that is a value; [`verify`](crate::verify()) runs every order there is.
///
/// ```
/// use std::sync::Arc;
///
/// use sync::{Mutex, thread};
///
/// engine::check(|| {
///     let number = Arc::new(Mutex::new(0));
///     let theirs = Arc::clone(&number);
///     let task = thread::spawn(move || *theirs.lock() += 1);
///     *number.lock() += 1;
///     task.join().expect("adding does not panic");
///     assert_eq!(*number.lock(), 2);
/// });
/// ```
///
/// # Panics
///
/// If an execution does not end well or has a data race: with what is wrong, the steps of one that
/// fails the same way and is as short as could be found, and what to give to [`replay`].
#[track_caller]
pub fn check(program: impl Fn() + Send + Sync + 'static) {
    let checked = Checker::default().check(&(Arc::new(program) as Program));
    assert!(checked.failure.is_none(), "{checked}");
}

/// Runs `program` once more as `schedule` says, which [`check`] or [`verify`](crate::verify()) has told,
/// within the default [`Limits`], but for [`weak_memory`](Limits::weak_memory) if it says what loads see:
/// [`Replayer`] has others.
///
/// ```should_panic
/// use sync::{Mutex, thread};
///
/// // Task 1 takes the left one, and task 2 the right one.
/// engine::replay("1x2.2", || {
///     let (left, right) = (Mutex::new(()), Mutex::new(()));
///     thread::scope(|scope| {
///         scope.spawn(|| drop((left.lock(), right.lock())));
///         scope.spawn(|| drop((right.lock(), left.lock())));
///     });
/// });
/// ```
///
/// # Panics
///
/// If the execution does not end well or has a data race, with what is wrong and its steps; if the
/// program does not do what it did any more, with the step from which on; and if `schedule` is none.
#[track_caller]
pub fn replay(schedule: &str, program: impl Fn() + Send + Sync + 'static) {
    let read: Schedule =
        schedule.parse().unwrap_or_else(|error| panic!("{schedule:?} is no schedule: {error}"));
    let program: Program = Arc::new(program);
    let weak_memory = !read.draws.loads.is_empty();
    let mut replayer = Replayer::new(Limits { weak_memory, ..Limits::default() });
    let (run, witness) = replayer.run(&program, Guide::Schedule(read));
    if let Some(step) = witness.misfit {
        panic!("the program does not do any more what {schedule:?} says, from step {step} on");
    }
    let race = replayer.engine().race(Callbacks::Free);
    if let Some(seen) = Seen::of(replayer.engine(), &run, 0, race) {
        panic!("it {}", seen.replayed(&replayer, witness).explanation());
    }
}

/// How to check a program.
///
/// ```
/// use std::sync::Arc;
///
/// use engine::{Checker, Outcome, Program, strategy::StrategyKind};
/// use sync::{Mutex, thread};
///
/// // Two tasks lock two mutexes, in opposite orders.
/// let program: Program = Arc::new(|| {
///     let (left, right) = (Mutex::new(()), Mutex::new(()));
///     thread::scope(|scope| {
///         scope.spawn(|| drop((left.lock(), right.lock())));
///         scope.spawn(|| drop((right.lock(), left.lock())));
///     });
/// });
///
/// let checker = Checker { strategy: StrategyKind::Pct, executions: 1000, ..Checker::default() };
/// let failure = checker.check(&program).failure.expect("they may wait for each other");
/// assert!(matches!(failure.outcome, Outcome::Deadlock(_)));
/// assert_eq!(failure.cause.expect("it is seen").name(), "lock-order cycle");
/// assert_eq!(failure.preempted.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Checker {
    /// Who is next.
    pub strategy: StrategyKind,
    /// What makes it repeat: the same seed gives the same executions.
    pub seed: u64,
    /// How many there are, if none goes wrong.
    pub executions: u64,
    /// After how long no other is begun.
    pub max_time: Option<Duration>,
    /// How far an execution may go.
    pub limits: Limits,
}

impl Default for Checker {
    /// 10,000 executions under the default strategy, with seed 0, however long it takes.
    fn default() -> Self {
        let (strategy, limits) = (StrategyKind::default(), Limits::default());
        Self { strategy, seed: 0, executions: 10_000, max_time: None, limits }
    }
}

/// What came of checking a program.
#[derive(Clone, Debug)]
pub struct Checked {
    /// How much was run, and how much of what there is.
    pub coverage: Coverage,
    /// The first execution that did not end well or had a data race, if there is one.
    pub failure: Option<Failure>,
}

impl Checker {
    /// Runs `program` again and again, until an execution goes wrong.
    pub fn check(&self, program: &Program) -> Checked {
        let mut engine = Controlled::new(self.strategy.build(self.seed), self.limits);
        let mut coverage = Coverage::default();
        let begin = Instant::now();
        let is_late = || self.max_time.is_some_and(|most| begin.elapsed() >= most);
        for number in (0..self.executions).take_while(|_| !is_late()) {
            let Some(run) = engine.run(program, number) else { break };
            // All executions of one class have the same races.
            let is_new = coverage.see(engine.class()) || !coverage.is_exact();
            let race = if is_new { engine.race(Callbacks::Free) } else { None };
            if let Some(seen) = Seen::of(&engine, &run, number, race) {
                let failure = Some(seen.shorten(program, self.limits));
                return Checked { coverage, failure };
            }
        }
        Checked { coverage, failure: None }
    }
}

/// What is wrong, or how much was run.
impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { coverage, failure } = self;
        if let Some(failure) = failure {
            return failure.fmt(f);
        }
        let (executions, classes) = (coverage.executions(), coverage.classes());
        let chance = coverage.chance_of_new() * 100.0;
        write!(f, "nothing is wrong in {executions} executions of {classes} classes; ")?;
        write!(f, "another one would show a new class in {chance:.1} of 100 cases")
    }
}
