//! `judge verify`: every interleaving of the small cases.

use std::{num::NonZeroUsize, thread::available_parallelism, time::Duration};

use clap::Args;
use engine::{Limits, verify::Survey};
use problems::{Problem, Solution};

use super::{
    CommandError,
    guards::Guards,
    keep::{self, Keep},
    signals,
    subject::{Subject, read_case},
    values::{count, duration},
};
use crate::{
    Bounds, Exit, Input, Judge, Site, Stop, Verification, Verified, Word,
    report::{Format, complain, verified::Teller},
    supervisor::{Supervisor, SupervisorError},
};

/// Runs every interleaving of small cases: what is verified has no wrong execution
///
/// One execution of each class of interleavings is run. A wait may end for no reason, too, but not
/// in staged cases nor in virtual time.
#[derive(Debug, Args)]
pub(super) struct Verify {
    #[command(flatten)]
    subject: Subject,

    /// Only executions with up to K preemptions: first those without, and so on
    #[arg(long, value_name = "K")]
    preemptions: Option<usize>,

    /// How long a case may take, in seconds, or with a unit: 500ms, 2s
    #[arg(long, value_name = "T", default_value = "60s", value_parser = duration)]
    max_time: Duration,

    /// How many executions of a case there may be
    #[arg(long, value_name = "N", value_parser = count)]
    max_executions: Option<u64>,

    /// How many steps one execution may take
    #[arg(long, value_name = "N", default_value = "20_000", value_parser = count)]
    max_steps: u64,

    /// Waits end only when notified
    #[arg(long)]
    no_spurious: bool,

    /// Atomic loads may see older stores, where their orderings let them
    #[arg(long)]
    weak_memory: bool,

    /// How many threads search; as many as the machine has cores if it is not given
    #[arg(long, value_name = "N")]
    cores: Option<NonZeroUsize>,

    /// What the report looks like
    #[arg(long, default_value = "human")]
    format: Format,

    #[command(flatten)]
    keep: Keep,

    #[command(flatten)]
    guards: Guards,
}

/// One line of the report to come.
struct Cell {
    problem: &'static Problem,
    solution: Solution,
    input: Input,
}

impl Verify {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let cells = self.cells()?;
        if cells.is_empty() {
            self.subject.is_known()?;
            complain(&"nothing to verify: no solution of this name");
            return Ok(Exit::Nothing);
        }
        let stop = Stop::default();
        let (judge, bounds) = (self.judge(&stop), self.bounds());
        signals::listen(&stop).map_err(|source| CommandError::Io {
            what: "cannot listen to signals".into(),
            source,
        })?;
        let mut teller = Teller::new(self.format, self.weak_memory);
        let mut supervisor = self.guards.supervisor(&stop, Site::Model)?;
        let mut found: Vec<Verification> = Vec::new();
        let mut has_failed = false;
        for cell in cells {
            let verification = match cell.verify(&mut supervisor, &judge, &bounds, &teller) {
                Ok(verification) => verification,
                Err(error) => {
                    complain(&cell.failed(&error));
                    has_failed = true;
                    continue;
                }
            };
            teller.tell(cell.problem, &verification);
            let is_first = !found.iter().any(|found| found.word.evidence().is_some());
            if let Some(evidence) = verification.word.evidence().filter(|_| is_first) {
                self.keep.evidence(cell.problem, &cell.solution, evidence)?;
            }
            found.push(verification);
            if stop.signal().is_some() {
                break;
            }
        }
        teller.end(&found);
        remember(&found);
        let exit = if has_failed { Exit::Failed } else { exit(&found) };
        Ok(signals::exit(&stop).unwrap_or(exit))
    }

    /// What is to be verified, in the order of the report.
    fn cells(&self) -> Result<Vec<Cell>, CommandError> {
        let mut cells = Vec::new();
        for problem in self.subject.problems()? {
            let inputs = self.inputs(problem)?;
            for solution in self.subject.solutions(problem)? {
                let cell = |input: &Input| Cell { problem, solution, input: input.clone() };
                cells.extend(inputs.iter().map(cell));
            }
        }
        Ok(cells)
    }

    fn judge(&self, stop: &Stop) -> Judge {
        let steps = usize::try_from(self.max_steps).unwrap_or(usize::MAX);
        let (spurious, weak_memory) = (!self.no_spurious, self.weak_memory);
        let limits = Limits { steps, spurious, weak_memory };
        Judge { limits, cache: keep::cache(), stop: stop.clone(), ..Judge::default() }
    }

    fn bounds(&self) -> Bounds {
        let cores = self.cores.or_else(|| available_parallelism().ok());
        Bounds {
            preemptions: self.preemptions,
            max_executions: self.max_executions,
            max_time: Some(self.max_time),
            cores: cores.map_or(1, NonZeroUsize::get),
        }
    }

    /// The inputs that are named; the small ones of the problem if none is.
    fn inputs(&self, problem: &Problem) -> Result<Vec<Input>, CommandError> {
        let named = self.subject.inputs(problem)?;
        if !named.is_empty() {
            return Ok(named);
        }
        problem.small.iter().map(|case| read_case(problem, case)).collect()
    }
}

/// Notes for `judge list` which solutions were verified on all the small cases.
fn remember(found: &[Verification]) {
    let Some(cache) = keep::cache() else { return };
    let mut verified = Verified::read(Some(&cache));
    let subject = |found: &Verification| (found.problem, found.solution);
    for of_one in found.chunk_by(|one, next| subject(one) == subject(next)) {
        let (number, solution) = subject(&of_one[0]);
        let cases = of_one.iter().map(|verification| verification.case.as_str());
        let problem = problems::ALL.iter().find(|problem| problem.number == number);
        if let Some(problem) = problem.filter(|problem| cases.eq(problem.small.iter().copied())) {
            let is_verified = of_one.iter().all(|found| found.word == Word::Verified);
            verified.note(problem, solution, is_verified);
        }
    }
    // Whoever cannot write there lacks a mark in a list.
    let _ = verified.write(&cache);
}

impl Cell {
    fn verify(
        &self,
        supervisor: &mut Supervisor,
        judge: &Judge,
        bounds: &Bounds,
        teller: &Teller,
    ) -> Result<Verification, SupervisorError> {
        let Self { problem, solution, input } = self;
        let bar = teller.progress(problem, solution.name, &input.name);
        let mut watch = |survey: &Survey| bar.show(survey);
        supervisor.verify(judge, (problem, solution), input, bounds, &mut watch)
    }

    fn failed(&self, error: &SupervisorError) -> String {
        format!("{} {} {}: {error}", self.problem.number, self.solution.name, self.input.name)
    }
}

fn exit(found: &[Verification]) -> Exit {
    if found.iter().any(|found| found.word.evidence().is_some()) {
        Exit::Rejected
    } else if found.iter().any(|found| found.word == Word::Inconclusive) {
        Exit::Inconclusive
    } else {
        Exit::Accepted
    }
}
