//! Every interleaving of a program: a proof for its size, or the execution that goes wrong.

mod crew;
mod survey;
mod verification;

use std::{
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

pub use self::{
    survey::{End, Survey},
    verification::Verification,
};
use crate::{
    Controlled, Limits, Program, Run,
    analysis::Callbacks,
    failure::Seen,
    strategy::{Digest, Reduction, Search},
};

/// Runs `program` in every way there is, one execution of each class of interleavings.
///
/// The program builds what it shares anew each time. See [`Verifier`] for bounds, and for an answer
/// that is a value.
///
/// ```
/// use std::sync::Arc;
///
/// use sync::{Condvar, Mutex, thread};
///
/// engine::verify(|| {
///     let shared = Arc::new((Mutex::new(false), Condvar::new()));
///     let theirs = Arc::clone(&shared);
///     let task = thread::spawn(move || {
///         *theirs.0.lock() = true;
///         theirs.1.notify_one();
///     });
///     let mut ready = shared.0.lock();
///     // An `if` would not do: a wait may end for no reason, and that is tried, too.
///     while !*ready {
///         shared.1.wait(&mut ready);
///     }
///     assert!(*ready);
///     drop(ready);
///     task.join().expect("setting a flag does not panic");
/// });
/// ```
///
/// A loop that spins must yield, or nothing can be said of it. A yield that was taken before, at the same
/// place, waits until something has changed of what its task has looked at. So a loop that gives up after
/// several turns is seen to give up only where nobody else can move; one that keeps nothing is better
/// written with [`sync::thread::yield_while`].
///
/// # Panics
///
/// If an execution does not end well or has a data race, with what is wrong, the steps of one that fails
/// the same way and is as short as could be found, and what to give to [`replay`](crate::replay); or if
/// nothing can be said, since a loop has no end or the program does not do the same after the same choices.
#[track_caller]
pub fn verify(program: impl Fn() + Send + Sync + 'static) {
    let verification = Verifier::default().verify(&(Arc::new(program) as Program));
    assert!(verification.is_verified(), "{verification}");
}

/// How to verify a program.
///
/// ```
/// use std::sync::Arc;
///
/// use engine::{Outcome, Program, Replayer, Verifier};
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
/// // One preemption is enough, and without any it does not happen.
/// let without = Verifier { preemptions: Some(0), ..Verifier::default() }.verify(&program);
/// assert_eq!((without.failure, without.survey.bound), (None, Some(0)));
/// let verifier = Verifier::default();
/// let failure = verifier.verify(&program).failure.expect("they may wait for each other");
/// assert!(matches!(failure.outcome, Outcome::Deadlock(_)));
///
/// // The same execution once more.
/// let (again, _) = Replayer::new(verifier.limits).run(&program, failure.guide());
/// assert_eq!(again.outcome, failure.outcome);
/// ```
#[derive(Clone, Debug)]
pub struct Verifier {
    /// How far an execution may go. One that goes farther has a loop that nothing bounds, and then
    /// nothing is verified.
    pub limits: Limits,
    /// After so many executions, one of each class, another search begins: for states. What follows
    /// one that has been met before is left out there, whatever its class, since it would end the
    /// same way. Not so if loads
    /// [may see older stores](Limits::weak_memory).
    pub classes: u64,
    /// Only executions with so many preemptions at the most, first those with none, and so on.
    pub preemptions: Option<usize>,
    /// How many executions there may be.
    pub max_executions: Option<u64>,
    /// How long it may take.
    pub max_time: Option<Duration>,
    /// How many OS threads search, once it takes longer. With more than one the program runs on
    /// several at once, so nothing may be shared from outside it.
    pub cores: usize,
}

impl Default for Verifier {
    /// All executions, of up to 20,000 steps, with waits that end for no reason, on one core; for
    /// states if there are more than 10,000 classes.
    fn default() -> Self {
        let limits = Limits { steps: 20_000, ..Limits::default() };
        let (classes, cores) = (10_000, 1);
        Self { limits, classes, preemptions: None, max_executions: None, max_time: None, cores }
    }
}

/// Looks at executions, one after the other, on one OS thread.
pub trait Examiner: Send {
    /// What it looks at. If there are several examiners, each has one of its own, or one that can
    /// run on several OS threads at once.
    fn program(&self) -> Program;

    /// Whether callbacks of the harness must happen one after the other: races between them are
    /// looked for then.
    fn callbacks(&self) -> Callbacks {
        Callbacks::Free
    }

    /// What tells apart, of what an execution has shown so far, all that the examiner may still look
    /// at; if there is nothing, the order of all that is logged does.
    fn digest(&self) -> Option<Digest> {
        None
    }

    /// Looks at the execution that `engine` has just run, the one with this number; whether there is
    /// any need to go on.
    fn examine(&mut self, engine: &Controlled, run: &Run, number: u64) -> ControlFlow<()>;
}

impl Verifier {
    /// Runs `program` in every way there is, until one fails.
    pub fn verify(&self, program: &Program) -> Verification {
        let make = || FirstFailure { program: Arc::clone(program), seen: None };
        let (survey, examiners) = self.explore(&make, &|_| ());
        let all = examiners.into_iter().filter_map(|examiner| examiner.seen);
        let first = all.min_by_key(|seen| seen.execution);
        let failure = first.map(|seen| seen.shorten(program, self.limits));
        Verification { survey, failure }
    }

    /// Shows every execution to those whom `make` makes, one for each OS thread, and tells `watch`
    /// now and then how far it is.
    pub fn explore<E: Examiner>(
        &self,
        make: &(dyn Fn() -> E + Sync),
        watch: &(dyn Fn(&Survey) + Sync),
    ) -> (Survey, Vec<E>) {
        let crew = crew::Crew::new(self, Instant::now(), watch);
        let mut examiners = vec![make()];
        let Some(most) = self.preemptions else {
            crew.search(&Search::new(Reduction::Classes), &mut examiners, make);
            if crew.has_too_many_classes() {
                let states = Reduction::States(examiners[0].callbacks());
                crew.search(&Search::new(states), &mut examiners, make);
            }
            return (crew.survey(), examiners);
        };
        for bound in 0..=most {
            let search = Search::new(Reduction::Preemptions(bound));
            crew.search(&search, &mut examiners, make);
            if !crew.has_completed(bound, &search) {
                break;
            }
        }
        (crew.survey(), examiners)
    }
}

/// Keeps the first execution that does not end well, or has a data race.
struct FirstFailure {
    program: Program,
    seen: Option<Seen>,
}

impl Examiner for FirstFailure {
    fn program(&self) -> Program {
        Arc::clone(&self.program)
    }

    fn examine(&mut self, engine: &Controlled, run: &Run, number: u64) -> ControlFlow<()> {
        let race = engine.race(Callbacks::Free);
        self.seen = Seen::of(engine, run, number, race);
        if self.seen.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
