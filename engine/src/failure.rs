//! An execution that went wrong: made short, and told.

use std::fmt;

use crate::{
    Controlled, Limits, Outcome, Program, Replayer, Run, Schedule,
    analysis::{self, Callbacks, Cause, Race},
    outcome::waits,
    schedule::Draws,
    shrink,
    strategy::{Guide, Witness},
    trace::Trace,
};

/// How many steps may be spent on making an execution short.
const EFFORT: usize = 2_000_000;

/// How many steps are shown at the beginning and at the end of a long execution.
const SHOWN: usize = 20;

/// An execution that did not end well, or had a data race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How it ended.
    pub outcome: Outcome,
    /// Two accesses to a [`RaceCell`](sync::cell::RaceCell) that nothing orders, if there are such.
    pub race: Option<Race>,
    /// What its deadlock is an instance of, if that can be told.
    pub cause: Option<Cause>,
    /// Which one it was, counted from zero.
    pub execution: u64,
    /// What happened: in an execution that fails the same way, with as few preemptions as could be
    /// found, and then few steps.
    pub trace: Trace,
    /// The choices that lead there: [`replay`](crate::replay) and [`Replayer`] follow them.
    pub schedule: Schedule,
    /// The steps before which a task was preempted that could have gone on.
    pub preempted: Vec<usize>,
    /// Whether it came again after the same choices. If it did not, the trace is of the one that was
    /// found.
    pub repeats: bool,
}

/// An execution that went wrong, as it was found.
pub(crate) struct Seen {
    pub(crate) execution: u64,
    outcome: Outcome,
    race: Option<Race>,
    trace: Trace,
    draws: Draws,
}

impl Seen {
    /// Looks at the last run of `engine`, which is execution number `execution` and has `race`: nothing
    /// if all is well with it.
    pub(crate) fn of(
        engine: &Controlled,
        run: &Run,
        execution: u64,
        race: Option<Race>,
    ) -> Option<Self> {
        let outcome = run.outcome.clone();
        let is_well = outcome == Outcome::Completed && race.is_none();
        let seen =
            || Self { execution, outcome, race, trace: engine.trace(), draws: engine.draws() };
        (!is_well).then(seen)
    }

    /// Makes it short.
    pub(crate) fn shorten(self, program: &Program, limits: Limits) -> Failure {
        let tasks = self.trace.steps.iter().map(|step| step.task).collect();
        let guide = Guide::Trace(tasks, self.draws.clone());
        let (_, first) = Replayer::new(limits).run(program, guide);
        let mut fails = |run: &Run, engine: &Controlled| self.is_like(run, engine);
        let shrunk = shrink(program, limits, first.schedule.clone(), EFFORT, &mut fails);
        let Some(shrunk) = shrunk else { return self.unrepeated(first) };
        let mut replayer = Replayer::new(limits);
        let guide = Guide::Schedule(shrunk.witness.schedule);
        let (run, witness) = replayer.run(program, guide);
        let race = replayer.engine().race(Callbacks::Free);
        match Self::of(replayer.engine(), &run, self.execution, race) {
            Some(short) if self.is_like(&run, replayer.engine()) => {
                short.replayed(&replayer, witness)
            }
            _ => self.unrepeated(first),
        }
    }

    /// What is said of an execution that `replayer` has just followed to its end.
    pub(crate) fn replayed(self, replayer: &Replayer, witness: Witness) -> Failure {
        let Witness { schedule, preempted, .. } = witness;
        let cause = replayer.engine().cause();
        Failure { cause, schedule, preempted, repeats: true, ..self.unrepeated(Witness::default()) }
    }

    /// Whether the last run of `engine` fails the same way: a deadlock at no other lines, a panic at
    /// the same line, a race of the same two lines.
    fn is_like(&self, run: &Run, engine: &Controlled) -> bool {
        match (&self.outcome, &run.outcome) {
            (Outcome::Completed, Outcome::Completed) => {
                let race = engine.race(Callbacks::Free);
                race.is_some()
                    && race.as_ref().map(Race::places) == self.race.as_ref().map(Race::places)
            }
            (Outcome::Panicked(first), Outcome::Panicked(other)) => first.place == other.place,
            (Outcome::Deadlock(first), Outcome::Deadlock(other)) => {
                waits(other).is_subset(&waits(first))
            }
            (Outcome::StepLimit(_), Outcome::StepLimit(_)) => true,
            _ => false,
        }
    }

    /// What is said of one that does not come again.
    fn unrepeated(self, Witness { schedule, .. }: Witness) -> Failure {
        let Self { execution, outcome, race, trace, .. } = self;
        let (cause, preempted, repeats) = (None, Vec::new(), false);
        Failure { outcome, race, cause, execution, trace, schedule, preempted, repeats }
    }
}

impl Failure {
    /// What leads a [`Replayer`] to the same execution.
    pub fn guide(&self) -> Guide {
        Guide::Schedule(self.schedule.clone())
    }

    /// What is wrong, one statement a line.
    fn lines(&self) -> Vec<String> {
        let Self { outcome, race, cause, trace, .. } = self;
        let mut lines = match outcome {
            Outcome::Completed => race.as_ref().map(Race::lines).unwrap_or_default(),
            Outcome::Deadlock(blocked) | Outcome::TimedOut(blocked) => {
                analysis::deadlock(blocked, cause.as_ref())
            }
            Outcome::Panicked(panic) => vec![panic.to_string()],
            Outcome::StepLimit(steps) => vec![format!("it was not over after {steps} steps")],
            Outcome::GivenUp => Vec::new(),
        };
        lines.extend(trace.unseen());
        lines
    }

    /// What it is called.
    fn name(&self) -> &'static str {
        match self.outcome {
            Outcome::Completed => "has a data race",
            Outcome::Deadlock(_) | Outcome::TimedOut(_) => "deadlocks",
            Outcome::Panicked(_) => "panics",
            Outcome::StepLimit(_) => "does not end",
            Outcome::GivenUp => "was given up",
        }
    }

    /// What is wrong with it, its steps, and how to see it again.
    pub(crate) fn explanation(&self) -> String {
        let mut lines = vec![format!("{}:", self.name())];
        lines.extend(self.lines().iter().map(|line| format!("  {}", line.replace('\n', "\n  "))));
        lines.push(match self.preempted.len() {
            0 => "its steps:".to_owned(),
            1 => "its steps, with one preemption (!):".to_owned(),
            more => format!("its steps, with {more} preemptions (!):"),
        });
        let steps = self.trace.steps.len();
        let tell = |number: usize| {
            let mark = if self.preempted.contains(&number) { '!' } else { ' ' };
            format!("  {mark}{number:>6}  {}", self.trace.tell(&self.trace.steps[number]))
        };
        if steps > 2 * SHOWN {
            lines.extend((0..SHOWN).map(tell));
            lines.push(format!("          ... {} more ...", steps - 2 * SHOWN));
            lines.extend((steps - SHOWN..steps).map(tell));
        } else {
            lines.extend((0..steps).map(tell));
        }
        lines.push(if self.repeats {
            format!("to see it again: engine::replay(\"{}\", program)", self.schedule)
        } else {
            "it did not come again: the program does not do the same after the same choices"
                .to_owned()
        });
        lines.join("\n")
    }
}

/// What is wrong with it, its steps in order, and how to see it again.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "execution {} {}", self.execution, self.explanation())
    }
}
