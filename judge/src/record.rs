//! One wrong execution as a file: what to run, every choice, and what was seen, so that a replay can
//! tell when the code is no longer the same.

use std::{fmt, ops::Not};

use engine::{
    Limits, Schedule,
    schedule::ScheduleError,
    strategy::StrategyKind,
    trace::{Step, Trace},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Evidence, Handle, Plan, Rejection, Replayed};

/// The version of what is written.
const FORMAT: u32 = 1;

/// How large a record gets at the most, in bytes. Steps that find no room are not compared.
const ROOM: usize = 4096;

/// One wrong execution, as it is written to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version of the format.
    judge: u32,
    /// The problem's number.
    pub problem: u16,
    /// The solution's name.
    pub solution: String,
    /// The case's name, or the input.
    pub case: String,
    /// The seed of the judgement.
    pub seed: u64,
    /// Which execution of the case it was.
    pub execution: u64,
    /// Who was next.
    strategy: String,
    /// Whether waits could end for no reason.
    pub spurious: bool,
    /// Whether loads could see older stores.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub weak_memory: bool,
    /// How many steps it could take.
    pub max_steps: usize,
    /// What the judge said.
    pub verdict: String,
    /// Every choice; none if there was no time to look at it, or no room.
    schedule: Option<String>,
    /// How many steps there were.
    length: usize,
    /// What is done, each once, with where it stands.
    actions: Vec<String>,
    /// Who does which of them at each step.
    steps: String,
}

/// Which execution of what.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The problem's number.
    pub problem: u16,
    /// The solution's name.
    pub solution: &'a str,
    /// The case's name, or the input.
    pub case: &'a str,
    /// How it was drawn.
    pub plan: Plan,
    /// Which execution of the case it was.
    pub execution: u64,
}

/// Why a text is no record.
#[derive(Debug, Error)]
pub enum RecordError {
    /// It is not what a record looks like.
    #[error("it is no record of an execution: {0}")]
    Text(#[from] serde_json::Error),
    /// A later judge wrote it.
    #[error("it is of format {0}, and this judge knows format {FORMAT}")]
    Format(u32),
    /// Its strategy is none.
    #[error("there is no strategy {0:?}")]
    Strategy(String),
    /// Its schedule is none.
    #[error("its schedule cannot be read: {0}")]
    Schedule(#[from] ScheduleError),
}

/// Where an execution no longer does what a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The number of the step.
    pub step: usize,
    /// What the record says.
    pub expected: String,
    /// What happens.
    pub found: String,
}

impl Record {
    /// That an execution was wrong, and what its seed is: what is known before anybody has looked at
    /// it again.
    pub fn intent(problem: u16, solution: &str, evidence: &Evidence) -> Self {
        let &Evidence { ref case, execution, .. } = evidence;
        let origin = Origin { problem, solution, case, plan: evidence.into(), execution };
        Self::begin(origin, evidence.rejection.name())
    }

    fn begin(origin: Origin<'_>, verdict: &str) -> Self {
        let Origin { problem, solution, case, plan, execution } = origin;
        let Plan { seed, strategy, limits } = plan;
        Self {
            judge: FORMAT,
            problem,
            solution: solution.to_owned(),
            case: case.to_owned(),
            seed,
            execution,
            strategy: strategy.name().to_owned(),
            spurious: limits.spurious,
            weak_memory: limits.weak_memory,
            max_steps: limits.steps,
            verdict: verdict.to_owned(),
            schedule: None,
            length: 0,
            actions: Vec::new(),
            steps: String::new(),
        }
    }

    /// All that there is to say.
    pub fn new(problem: u16, solution: &str, evidence: &Evidence) -> Self {
        let intent = Self::intent(problem, solution, evidence);
        match (&evidence.witness, &evidence.trace) {
            (Some(witness), Some(trace)) => intent.with(&witness.schedule, trace),
            _ => intent,
        }
    }

    /// Of an execution that was found once more.
    pub fn of_replayed(origin: Origin<'_>, replayed: &Replayed) -> Self {
        let verdict = replayed.rejection.as_ref().map_or("accepted", Rejection::name);
        Self::begin(origin, verdict).with(&replayed.witness.schedule, &replayed.trace)
    }

    /// The record with every choice and what came of it, as far as there is room.
    fn with(self, schedule: &Schedule, trace: &Trace) -> Self {
        let schedule = schedule.to_string();
        if schedule.len() > ROOM / 2 {
            return self;
        }
        let (schedule, length) = (Some(schedule), trace.steps.len());
        let mut record = Self { schedule, length, ..self };
        let mut compared = length.min(400);
        loop {
            (record.actions, record.steps) = written(trace, compared);
            if compared == 0 || record.to_string().len() <= ROOM {
                return record;
            }
            compared = compared * 3 / 4;
        }
    }

    /// Reads what was written.
    ///
    /// # Errors
    ///
    /// If the text is no record, or of a later format.
    pub fn read(text: &str) -> Result<Self, RecordError> {
        let record: Self = serde_json::from_str(text)?;
        if record.judge != FORMAT {
            return Err(RecordError::Format(record.judge));
        }
        record.schedule()?;
        if StrategyKind::named(&record.strategy).is_none() {
            return Err(RecordError::Strategy(record.strategy));
        }
        Ok(record)
    }

    /// Every choice, if they are known.
    ///
    /// # Errors
    ///
    /// If the text is no schedule.
    pub fn schedule(&self) -> Result<Option<Schedule>, ScheduleError> {
        self.schedule.as_deref().map(str::parse).transpose()
    }

    /// How the execution was drawn, and how far it could go.
    pub fn plan(&self) -> Plan {
        let &Self { max_steps: steps, spurious, weak_memory, .. } = self;
        let limits = Limits { steps, spurious, weak_memory };
        let strategy = StrategyKind::named(&self.strategy).unwrap_or_default();
        Plan { seed: self.seed, strategy, limits }
    }

    /// What the execution is called.
    pub fn handle(&self) -> Handle {
        let Self { solution, case, seed, execution, strategy, spurious, max_steps, .. } = self;
        let weak = if self.weak_memory { " weak" } else { "" };
        let drawn = format!("{strategy} {spurious} {max_steps}{weak}");
        let identity = format!("{solution} {case} {seed} {execution} {drawn}");
        Handle::new(self.problem, solution, &identity)
    }

    /// Where `trace` no longer does what was recorded. That the code has moved to other lines is no
    /// difference.
    pub fn divergence(&self, trace: &Trace) -> Option<Divergence> {
        let expected = self.expected();
        for (number, &(task, action)) in expected.iter().enumerate() {
            let found = trace.steps.get(number);
            let fits =
                |step: &Step| step.task == task && trace.action(&step.operation) == what(action);
            if !found.is_some_and(fits) {
                let expected = format!("{} {action}", trace.task(task));
                return Some(Divergence { step: number, expected, found: tell(trace, number) });
            }
        }
        let is_whole = expected.len() == self.length;
        (is_whole && trace.steps.len() > self.length).then(|| Divergence {
            step: self.length,
            expected: "the end".to_owned(),
            found: tell(trace, self.length),
        })
    }

    /// Who does what, step by step, as far as it was recorded.
    fn expected(&self) -> Vec<(usize, &str)> {
        let read = |word: &str| {
            let (task, action) = word.split_once(':')?;
            let action = self.actions.get(action.parse::<usize>().ok()?)?;
            Some((task.parse().ok()?, action.as_str()))
        };
        self.steps.split(' ').map_while(read).collect()
    }
}

/// One line of JSON.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// What the first `steps` steps do, each once, and who does which.
fn written(trace: &Trace, steps: usize) -> (Vec<String>, String) {
    let mut actions: Vec<String> = Vec::new();
    let mut words = Vec::new();
    for (number, step) in trace.steps[..steps].iter().enumerate() {
        let action = action(trace, number);
        let index = actions.iter().position(|known| *known == action).unwrap_or_else(|| {
            actions.push(action);
            actions.len() - 1
        });
        words.push(format!("{}:{index}", step.task));
    }
    (actions, words.join(" "))
}

fn action(trace: &Trace, step: usize) -> String {
    format!("{} at {}", trace.action(&trace.steps[step].operation), trace.place(step))
}

/// An action without its place.
fn what(action: &str) -> &str {
    action.rsplit_once(" at ").map_or(action, |(what, _)| what)
}

fn tell(trace: &Trace, step: usize) -> String {
    let who = trace.steps.get(step).map(|step| trace.task(step.task));
    who.map_or_else(|| "the end".to_owned(), |who| format!("{who} {}", action(trace, step)))
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, expected, found } = self;
        write!(f, "at step {step} the record has\n    {expected}\n  and the code has\n    {found}")
    }
}

#[cfg(test)]
mod tests;
