//! A solution on an input, ready to run: all that judge and engine ever see of a problem.

use std::{error::Error, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Entry, Log};

/// A program, and the check that follows each run of it.
///
/// It can be run again and again, one run at a time: each starts with a fresh instance of the
/// solution and an empty log.
pub struct Trial {
    program: Arc<dyn Fn() + Send + Sync>,
    check: Box<dyn Fn(Extent) -> Result<String, Violation> + Send>,
    told: Box<dyn Fn() -> Told + Send>,
    digest: Option<Arc<dyn Fn() -> u64 + Send + Sync>>,
    order: Order,
}

/// Whether the statement orders the callbacks of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Some may be under way at once.
    Free,
    /// Each must have ended before the next begins. It is not enough that it turns out so: something
    /// must make it happen before, or what one callback writes the next may not see.
    OneByOne,
}

/// How much of an execution there is to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// It ran to its end: everything that must happen has happened.
    Whole,
    /// It was cut short by a deadlock or a panic: only what is wrong already is wrong.
    Prefix,
}

/// What the callbacks of a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// A line for each step of the log, in order.
    pub lines: Vec<String>,
    /// The line with which it was wrong, whatever came after; nothing if it is not wrong, or only
    /// for what is missing in the end.
    pub bad: Option<usize>,
}

impl Told {
    /// What `entries` tell, and which of them `check` objects to first.
    fn new<T: fmt::Display>(
        entries: &[Entry<T>],
        check: impl Fn(&[Entry<T>], Extent) -> Result<String, Violation>,
    ) -> Self {
        let lines = entries.iter().filter_map(Entry::tell).collect();
        let is_wrong = |length: usize| check(&entries[..length], Extent::Prefix).is_err();
        // What is wrong stays wrong, so the first prefix that is can be searched for.
        let (mut right, mut wrong) = (0, entries.len());
        if !is_wrong(wrong) {
            return Self { lines, bad: None };
        }
        while right + 1 < wrong {
            let middle = usize::midpoint(right, wrong);
            if is_wrong(middle) { wrong = middle } else { right = middle }
        }
        // A call or a return is no step: the step before it is what one can look at.
        let told = entries[..wrong].iter().filter(|entry| entry.tell().is_some()).count();
        Self { lines, bad: told.checked_sub(1) }
    }
}

/// In what way an answer is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The output breaks the statement.
    WrongAnswer,
    /// The output is right, a rule of state is broken.
    InvariantViolated,
    /// Nobody can move, and somebody has not finished.
    Deadlock,
    /// Somebody moves for ever and nothing comes of it.
    Livelock,
    /// A task panicked.
    Panicked,
    /// The output is right, and nothing makes it so: memory that one callback writes could be seen
    /// half-written by the next.
    DataRace,
    /// The output is right, and came about one step after the other where the problem asks for
    /// steps at the same time.
    NotConcurrent,
    /// All calls have returned, and something that one of them began goes on.
    Leak,
}

/// Which reading of the statement a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// `LeetCode` looks at it too.
    LeetCode,
    /// The statement demands it, and `LeetCode` does not look.
    Strict,
}

/// What a checker found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// In what way the answer is wrong.
    pub fault: Fault,
    /// Which reading of the statement is broken.
    pub grade: Grade,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl Violation {
    /// The output breaks the statement, as `grade` reads it.
    pub fn wrong_answer(violation: &impl Error, grade: Grade) -> Self {
        Self { fault: Fault::WrongAnswer, grade, message: violation.to_string() }
    }

    /// The output is right, a rule of state is broken, as `grade` reads it.
    pub fn invariant(violation: &impl Error, grade: Grade) -> Self {
        Self { fault: Fault::InvariantViolated, grade, message: violation.to_string() }
    }

    /// What had to be done at the same time was not, as `grade` reads it.
    pub fn not_concurrent(violation: &impl Error, grade: Grade) -> Self {
        Self { fault: Fault::NotConcurrent, grade, message: violation.to_string() }
    }

    /// Something goes on after the calls have returned, as `grade` reads it.
    pub fn leak(violation: &impl Error, grade: Grade) -> Self {
        Self { fault: Fault::Leak, grade, message: violation.to_string() }
    }
}

impl Trial {
    /// A trial that runs `program`, which gets an empty log each time, and judges what it logs with
    /// `check`, which gives the canonical output.
    pub fn new<T: fmt::Display + Send + 'static>(
        program: impl Fn(&Log<T>) + Send + Sync + 'static,
        check: impl Fn(&[Entry<T>], Extent) -> Result<String, Violation> + Send + Sync + 'static,
    ) -> Self {
        Self::on(Log::default(), program, check)
    }

    /// The same, where `digest` makes one number of all that `check` may still look at of a log so
    /// far: two logs of one number, that go on alike, are judged alike.
    pub fn with_digest<T: fmt::Display + Send + 'static>(
        program: impl Fn(&Log<T>) + Send + Sync + 'static,
        check: impl Fn(&[Entry<T>], Extent) -> Result<String, Violation> + Send + Sync + 'static,
        digest: impl Fn(&[Entry<T>]) -> u64 + Send + Sync + 'static,
    ) -> Self {
        let log = Log::default();
        let logged = log.clone();
        let digest = Some(Arc::new(move || logged.read(|entries| digest(entries))) as Arc<_>);
        Self { digest, ..Self::on(log, program, check) }
    }

    fn on<T: fmt::Display + Send + 'static>(
        log: Log<T>,
        program: impl Fn(&Log<T>) + Send + Sync + 'static,
        check: impl Fn(&[Entry<T>], Extent) -> Result<String, Violation> + Send + Sync + 'static,
    ) -> Self {
        let check = Arc::new(check);
        let (checked, told, checks_told) = (log.clone(), log.clone(), Arc::clone(&check));
        Self {
            program: Arc::new(move || {
                log.clear();
                program(&log);
            }),
            check: Box::new(move |extent| checked.read(|entries| check(entries, extent))),
            told: Box::new(move || told.read(|entries| Told::new(entries, &*checks_told))),
            digest: None,
            order: Order::Free,
        }
    }

    /// The same, of a problem whose callbacks must come one after the other.
    #[must_use]
    pub fn one_by_one(self) -> Self {
        Self { order: Order::OneByOne, ..self }
    }

    /// Whether the statement orders the callbacks.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The program: what an engine runs.
    pub fn program(&self) -> Arc<dyn Fn() + Send + Sync> {
        Arc::clone(&self.program)
    }

    /// Judges the last run; its canonical output if nothing is wrong with it.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn check(&self, extent: Extent) -> Result<String, Violation> {
        (self.check)(extent)
    }

    /// One number for all that the checker may still look at of what the run under way has shown, if
    /// the problem has one.
    pub fn digest(&self) -> Option<Box<dyn Fn() -> u64 + Send>> {
        let digest = Arc::clone(self.digest.as_ref()?);
        Some(Box::new(move || digest()))
    }

    /// What the callbacks of the last run did.
    pub fn told(&self) -> Told {
        (self.told)()
    }
}

impl fmt::Debug for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trial")
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, Fault, Grade, Told, Trial, Violation};
    use crate::{Entry, Log, log::in_order};

    /// Callbacks must come in the order of the alphabet, and there must be two.
    fn check(entries: &[Entry<&'static str>], extent: Extent) -> Result<String, Violation> {
        let message = "not so".to_owned();
        let violation = Violation { fault: Fault::WrongAnswer, grade: Grade::LeetCode, message };
        let words: Vec<_> = in_order(entries).0.into_iter().map(|(_, word)| word).collect();
        let is_complete = extent == Extent::Prefix || words.len() == 2;
        if words.is_sorted() && is_complete { Ok(words.concat()) } else { Err(violation) }
    }

    fn told(words: &'static [&'static str]) -> Told {
        let program = move |log: &Log<&'static str>| {
            for &word in words {
                log.callback(0, word);
            }
        };
        let trial = Trial::new(program, check);
        trial.program()();
        trial.told()
    }

    #[test]
    fn the_first_line_that_is_wrong_is_told() {
        assert_eq!(told(&["a", "b"]).bad, None);
        let wrong = told(&["a", "c", "b", "d"]);
        assert_eq!(wrong.bad.map(|bad| &*wrong.lines[bad]), Some("b begins"));
    }

    #[test]
    fn what_is_missing_in_the_end_is_no_line() {
        assert_eq!(told(&["a"]).bad, None);
        assert_eq!(told(&[]), Told::default());
    }
}
