//! `judge run`: judges solutions.

use std::{num::NonZero, time::Duration};

use clap::{Args, ValueEnum};
use engine::Limits;
use problems::{Problem, Solution};

use super::{
    CommandError,
    guards::Guards,
    keep::{self, Keep},
    signals,
    site::Pages,
    strategy::Strategy,
    subject::Subject,
    values::{count, duration},
};
use crate::{
    EngineKind, Evidence, Exit, Judge, Judgement, Stop, Tally,
    report::{self, Format, Reporter},
    supervisor::{Supervisor, SupervisorError},
};

/// Judges solutions of a problem, or of all
#[derive(Debug, Args)]
pub(super) struct Run {
    #[command(flatten)]
    subject: Subject,

    /// How many executions on each engine, dealt over the cases
    #[arg(long, value_name = "N", default_value = "10_000", value_parser = count)]
    iters: u64,

    /// Which engine runs them
    #[arg(long, default_value = "both")]
    engine: Engines,

    /// Who is next, under control
    #[arg(long, default_value = "mix")]
    strategy: Strategy,

    /// What makes the executions repeat
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,

    /// How long one execution may take on OS threads, in seconds, or with a unit: 500ms, 2s
    #[arg(long, value_name = "T", default_value = "10s", value_parser = duration)]
    time_limit: Duration,

    /// How many steps one execution may take under control
    #[arg(long, value_name = "N", default_value = "200_000", value_parser = count)]
    max_steps: u64,

    /// Waits end only when notified
    #[arg(long)]
    no_spurious: bool,

    /// Atomic loads may see older stores under control, where their orderings let them
    #[arg(long)]
    weak_memory: bool,

    /// How many cores share the executions under control, all of them if not told; the result is
    /// the same
    #[arg(long, value_name = "N")]
    cores: Option<NonZero<usize>>,

    /// How often all this is done, one lap after the other
    #[arg(long, value_name = "N", default_value_t = 1, hide = true)]
    laps: usize,

    /// OS threads run undisturbed
    #[arg(long)]
    no_noise: bool,

    /// Where the pages of 1242 come from
    #[arg(long, default_value = "model")]
    site: Pages,

    /// What the report looks like
    #[arg(long, default_value = "human")]
    format: Format,

    #[command(flatten)]
    keep: Keep,

    #[command(flatten)]
    guards: Guards,
}

/// What is said when the engine fits none of the cases.
const NOTHING: &str =
    "nothing to judge: staged cases need the controlled engine, and HTTP needs OS threads";

/// Which engines to judge on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engines {
    /// One after the other
    Both,
    /// Coroutines under a strategy: one seed decides every interleaving
    Controlled,
    /// OS threads and a Tokio runtime, with noise
    Threads,
}

impl Engines {
    fn kinds(self) -> &'static [EngineKind] {
        match self {
            Self::Both => &EngineKind::ALL,
            Self::Controlled => &[EngineKind::Controlled],
            Self::Threads => &[EngineKind::Threads],
        }
    }
}

/// One line of the report to come.
struct Cell {
    problem: &'static Problem,
    solution: Solution,
    engine: EngineKind,
    judge: Judge,
}

impl Run {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let stop = Stop::default();
        let cells = self.cells(&stop)?;
        if cells.is_empty() {
            report::complain(&NOTHING);
            return Ok(Exit::Nothing);
        }
        signals::listen(&stop).map_err(|source| CommandError::Io {
            what: "cannot listen to signals".into(),
            source,
        })?;
        let mut reporter =
            Reporter::new(self.format, self.seed, self.iters, self.laps * cells.len());
        let mut supervisor = self.guards.supervisor(&stop, self.site.into())?;
        let mut tally = Tally::default();
        let (mut has_failed, mut has_kept) = (false, false);
        for cell in (0..self.laps).flat_map(|_| &cells) {
            let judgement = match cell.judge(&mut supervisor, &reporter) {
                Ok(judgement) => judgement,
                Err(error) => {
                    report::complain(&cell.failed(&error));
                    has_failed = true;
                    continue;
                }
            };
            reporter.tell(cell.problem, &cell.solution, &judgement);
            // The first rejection under control goes to a file.
            if let Some(evidence) = replayable(&judgement).filter(|_| !has_kept) {
                self.keep.evidence(cell.problem, &cell.solution, evidence)?;
                has_kept = true;
            }
            tally.count(&judgement);
            if stop.signal().is_some() {
                break;
            }
        }
        reporter.end(&tally);
        let exit = if has_failed { Exit::Failed } else { tally.exit() };
        Ok(signals::exit(&stop).unwrap_or(exit))
    }

    /// What is to be judged, in the order of the report.
    fn cells(&self, stop: &Stop) -> Result<Vec<Cell>, CommandError> {
        let mut cells = Vec::new();
        for problem in self.subject.problems()? {
            let judge = Judge { inputs: self.subject.inputs(problem)?, ..self.settings(stop) };
            let chosen = self.subject.solutions(problem)?;
            self.site.can_serve(problem, &chosen, &judge.inputs)?;
            for (solution, &engine) in
                chosen.iter().flat_map(|s| self.engine.kinds().iter().map(move |e| (s, e)))
            {
                if !judge.inputs(problem, engine).is_empty() {
                    let (solution, judge) = (*solution, judge.clone());
                    cells.push(Cell { problem, solution, engine, judge });
                }
            }
        }
        if cells.is_empty() {
            self.subject.is_known()?;
        }
        Ok(cells)
    }

    fn settings(&self, stop: &Stop) -> Judge {
        let steps = usize::try_from(self.max_steps).unwrap_or(usize::MAX);
        let otherwise = Judge::default();
        Judge {
            executions: self.iters,
            seed: self.seed,
            strategy: self.strategy.into(),
            time_limit: self.time_limit,
            limits: Limits { steps, spurious: !self.no_spurious, weak_memory: self.weak_memory },
            cores: self.cores.unwrap_or(otherwise.cores),
            noise: !self.no_noise,
            site: self.site.into(),
            cache: keep::cache(),
            inputs: Vec::new(),
            stop: stop.clone(),
            ..otherwise
        }
    }
}

impl Cell {
    fn judge(
        &self,
        supervisor: &mut Supervisor,
        reporter: &Reporter,
    ) -> Result<Judgement, SupervisorError> {
        let Self { problem, solution, engine, judge } = self;
        let mut bar = reporter.progress(problem, solution, *engine, judge.executions);
        supervisor.judge(judge, (problem, solution), *engine, &mut |done| bar.advance(done))
    }

    fn failed(&self, error: &SupervisorError) -> String {
        format!("{} {} {}: {error}", self.problem.number, self.solution.name, self.engine)
    }
}

/// What is wrong with what was judged, if it can be replayed.
fn replayable(judgement: &Judgement) -> Option<&Evidence> {
    judgement.verdict.evidence().filter(|evidence| evidence.trace.is_some())
}
