//! What a worker is asked to do and what it answers: JSON, one value a line.

use std::{num::NonZero, time::Duration};

use engine::{Limits, strategy::StrategyKind};
use problems::{Problem, Solution};
use serde::{Deserialize, Serialize};

use super::confinement::{Confinement, Strength};
use crate::{
    EngineKind, Input, Judge, Judgement, Seen, Selection, Site, Stop, Verdict, find_problem, select,
};

/// Something to do, and the word that the answer must end with. Only the two processes know it, so
/// what a solution writes is no answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) nonce: String,
    pub(crate) task: Task,
}

/// What there is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Judge a cell.
    Judge(Cell),
    /// Answer: whoever is about to die of a cell that is done cannot.
    Answer(Cell),
    /// Run one execution of it once more, under control, and tell each step before it is performed.
    Again(Cell, u64),
}

/// One solution on one engine, and how to judge it: [`Judge`] as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Cell {
    problem: u16,
    solution: String,
    pub(crate) engine: EngineKind,
    pub(crate) executions: u64,
    seed: u64,
    strategy: StrategyKind,
    pub(crate) time_limit: Duration,
    limits: Limits,
    cores: NonZero<usize>,
    noise: bool,
    pub(crate) site: Site,
    shrink_steps: usize,
    /// The names of the cases, or inputs of the user's own.
    inputs: Vec<String>,
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// It has shut itself in, as well as the kernel can, and waits for jobs.
    Ready(Strength),
    /// So many executions are done.
    Progress(u64),
    /// A wrong execution has been found; what follows only makes it shorter.
    Found(Box<Report>),
    /// The job is done; whether the worker is still as it was, as far as it can tell.
    Done { nonce: String, report: Box<Report>, is_sound: bool },
    /// The judge's own code has failed, for this reason.
    Broken(String),
    /// Something that is no record. Never said: that is how it is read.
    Garbled,
    /// The execution has come to its end, without any harm.
    Survived { nonce: String },
}

/// A judgement, but for what whoever asked knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) verdict: Verdict,
    pub(crate) executions: u64,
    pub(crate) cases: Vec<Seen>,
    pub(crate) elapsed: Duration,
}

/// The first thing that a worker is told.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub(crate) confinement: Confinement,
    /// Whether it is to tell each step of an execution.
    pub(crate) tells_steps: bool,
}

impl Cell {
    pub(crate) fn new(
        judge: &Judge,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
    ) -> Self {
        let &Judge { executions, seed, strategy, time_limit, limits, cores, noise, .. } = judge;
        let inputs = judge.inputs(problem, engine).into_iter().map(|input| input.name);
        Self {
            problem: problem.number,
            solution: solution.name.to_owned(),
            engine,
            executions,
            seed,
            strategy,
            time_limit,
            limits,
            cores,
            noise,
            site: judge.site,
            shrink_steps: judge.shrink_steps,
            inputs: inputs.collect(),
        }
    }

    /// The problem and the solution; `None` if this program has no such thing.
    pub(crate) fn subject(&self) -> Option<(&'static Problem, Solution)> {
        let problem = find_problem(&self.problem.to_string()).ok()?;
        let named = select(problem, &Selection::new(vec![self.solution.clone()])).ok()?;
        let solution = named.into_iter().find(|solution| solution.name == self.solution)?;
        Some((problem, solution))
    }

    /// How to judge it. Nothing is written to any cache here.
    pub(crate) fn judge(&self, problem: &Problem, stop: &Stop) -> Judge {
        let input = |name: &String| {
            let case = problem.cases.iter().find(|case| case.name == name);
            case.map_or_else(|| Input::own(name), Input::from)
        };
        Judge {
            executions: self.executions,
            seed: self.seed,
            strategy: self.strategy,
            time_limit: self.time_limit,
            limits: self.limits,
            cores: self.cores,
            noise: self.noise,
            site: self.site,
            shrink_steps: self.shrink_steps,
            cache: None,
            inputs: self.inputs.iter().map(input).collect(),
            stop: stop.clone(),
        }
    }

    /// The cell with one of its inputs alone.
    pub(crate) fn only(&self, input: usize) -> Self {
        let inputs = self.inputs.get(input).cloned().into_iter().collect();
        Self { inputs, ..self.clone() }
    }

    /// The names of the inputs.
    pub(crate) fn inputs(&self) -> &[String] {
        &self.inputs
    }
}

impl From<Judgement> for Report {
    fn from(judgement: Judgement) -> Self {
        let Judgement { verdict, executions, cases, elapsed, .. } = judgement;
        Self { verdict, executions, cases, elapsed }
    }
}

impl Report {
    /// The judgement on `solution`.
    pub(crate) fn judgement(
        self,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
    ) -> Judgement {
        let Self { verdict, executions, cases, elapsed } = self;
        let (problem, solution) = (problem.number, solution.name);
        Judgement { problem, solution, engine, verdict, executions, cases, elapsed }
    }
}
