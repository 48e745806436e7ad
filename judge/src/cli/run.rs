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
};
use crate::{
    EngineKind, Evidence, Exit, Input, Judge, Judgement, Selection, Stop, UnknownName, Verdict,
    find_problem,
    report::{self, Format, Reporter},
    select,
    supervisor::{Supervisor, SupervisorError},
};

/// Judges solutions of a problem, or of all
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The problem, by number, slug or short name; or "all"
    problem: String,

    /// A solution, a technique, "all", or "broken"; may be repeated
    #[arg(long = "impl", value_name = "NAME")]
    solutions: Vec<String>,

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

    /// Only this case, by name, or an input of your own; may be repeated
    #[arg(long = "case", value_name = "CASE")]
    cases: Vec<String>,

    /// Only an input of your own, of this size; may be repeated
    #[arg(long, value_name = "N")]
    n: Vec<usize>,

    /// How long one execution may take on OS threads, in seconds, or with a unit: 500ms, 2s
    #[arg(long, value_name = "T", default_value = "10s", value_parser = duration)]
    time_limit: Duration,

    /// How many steps one execution may take under control
    #[arg(long, value_name = "N", default_value = "200_000", value_parser = count)]
    max_steps: u64,

    /// Waits end only when notified
    #[arg(long)]
    no_spurious: bool,

    /// How many cores share the executions under control, all of them if not told; the result is
    /// the same
    #[arg(long, value_name = "N")]
    cores: Option<NonZero<usize>>,

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
    guards: Guards,

    #[command(flatten)]
    keep: Keep,
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
        let mut reporter = Reporter::new(self.format, self.seed, self.iters, cells.len());
        let mut supervisor = self.guards.supervisor(&stop, self.site.into())?;
        let mut judgements = Vec::new();
        let mut has_failed = false;
        for cell in cells {
            let judgement = match cell.judge(&mut supervisor, &reporter) {
                Ok(judgement) => judgement,
                Err(error) => {
                    report::complain(&cell.failed(&error));
                    has_failed = true;
                    continue;
                }
            };
            reporter.tell(cell.problem, &cell.solution, &judgement);
            if let Some(evidence) = to_keep(&judgement, &judgements) {
                self.keep.evidence(cell.problem, &cell.solution, evidence)?;
            }
            judgements.push(judgement);
            if stop.signal().is_some() {
                break;
            }
        }
        reporter.end(&judgements);
        let exit = if has_failed { Exit::Failed } else { exit(&judgements) };
        Ok(signals::exit(&stop).unwrap_or(exit))
    }

    /// What is to be judged, in the order of the report.
    fn cells(&self, stop: &Stop) -> Result<Vec<Cell>, CommandError> {
        let mut cells = Vec::new();
        for problem in self.problems()? {
            let judge = Judge { inputs: self.inputs(problem)?, ..self.settings(stop) };
            let chosen = self.chosen(problem)?;
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
        self.each_name_is_known(&cells)?;
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
            limits: Limits { steps, spurious: !self.no_spurious },
            cores: self.cores.unwrap_or(otherwise.cores),
            noise: !self.no_noise,
            site: self.site.into(),
            cache: keep::cache(),
            inputs: Vec::new(),
            stop: stop.clone(),
            ..otherwise
        }
    }

    fn problems(&self) -> Result<Vec<&'static Problem>, CommandError> {
        if self.problem == "all" {
            return Ok(problems::ALL.to_vec());
        }
        Ok(vec![find_problem(&self.problem)?])
    }

    /// The solutions that are named; with all problems, those of them that this one has.
    fn chosen(&self, problem: &Problem) -> Result<Vec<Solution>, CommandError> {
        if self.problem != "all" {
            return Ok(select(problem, &Selection::new(self.solutions.clone()))?);
        }
        let has = |name: &&String| select(problem, &Selection::new(vec![(*name).clone()])).is_ok();
        let names: Vec<String> = self.solutions.iter().filter(has).cloned().collect();
        if names.is_empty() && !self.solutions.is_empty() {
            return Ok(Vec::new());
        }
        Ok(select(problem, &Selection::new(names))?)
    }

    /// With all problems a name need not be known to each, but to one.
    fn each_name_is_known(&self, cells: &[Cell]) -> Result<(), UnknownName> {
        match (&self.solutions[..], cells) {
            ([name, ..], []) if self.problem == "all" => {
                let techniques = problems::Technique::ALL.iter().map(|t| t.name());
                Err(UnknownName::new("solution", name, techniques))
            }
            _ => Ok(()),
        }
    }

    /// The inputs that are named, each read once so that a forbidden one is refused here.
    fn inputs(&self, problem: &Problem) -> Result<Vec<Input>, CommandError> {
        let named = self.cases.iter().map(|case| read_case(problem, case));
        let sized = self.n.iter().map(|&n| {
            let text = (problem.sized)(n).map_err(CommandError::usage)?;
            Ok(Input::own(&text))
        });
        named.chain(sized).collect()
    }
}

/// The case of this name, or a user's own input.
pub(super) fn read_case(problem: &Problem, text: &str) -> Result<Input, CommandError> {
    if let Some(case) = problem.cases.iter().find(|case| case.name == text) {
        return Ok(Input::from(case));
    }
    let input = Input::own(text);
    let first = problem.solutions.first().ok_or_else(|| {
        CommandError::Usage(format!("{} has no solution to read an input with", problem.number))
    })?;
    input.trial(first).map_err(|error| {
        let names = problem.cases.iter().map(|case| case.name).collect::<Vec<_>>().join(", ");
        CommandError::Usage(format!(
            "no case is called {text:?}\n  there are {names}\n  and as an input: {error}"
        ))
    })?;
    Ok(input)
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

/// What of `judgement` goes to a file, after `before`: the first rejection under control.
fn to_keep<'a>(judgement: &'a Judgement, before: &[Judgement]) -> Option<&'a Evidence> {
    fn of(judgement: &Judgement) -> Option<&Evidence> {
        judgement.verdict.evidence().filter(|evidence| evidence.trace.is_some())
    }
    of(judgement).filter(|_| !before.iter().any(|before| of(before).is_some()))
}

fn exit(judgements: &[Judgement]) -> Exit {
    let any = |is: fn(&Verdict) -> bool| judgements.iter().any(|judgement| is(&judgement.verdict));
    if any(|verdict| matches!(verdict, Verdict::Rejected(_))) {
        Exit::Rejected
    } else if any(|verdict| matches!(verdict, Verdict::Stopped)) {
        Exit::Inconclusive
    } else {
        Exit::Accepted
    }
}

/// Reads a count, underscores allowed.
pub(super) fn count(text: &str) -> Result<u64, String> {
    const MOST: u64 = 1_000_000_000_000;
    let count: u64 = text
        .replace('_', "")
        .parse()
        .map_err(|_| "must be a whole number, such as 10000 or 10_000".to_owned())?;
    match count {
        0 => Err("must be at least 1".to_owned()),
        1..=MOST => Ok(count),
        _ => Err("must be at most 1_000_000_000_000".to_owned()),
    }
}

/// Reads a duration: a number of seconds, or one with the unit ms or s.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s').unwrap_or(text), 1.0),
    };
    let seconds: f64 =
        number.trim().parse().map_err(|_| "must be a duration, such as 500ms or 2s".to_owned())?;
    let seconds = seconds * unit;
    if !(0.001..=86_400.0).contains(&seconds) {
        return Err("must be from 1ms to a day".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{count, duration};

    #[test]
    fn counts_may_have_underscores() {
        assert_eq!((count("10000"), count("10_000")), (Ok(10_000), Ok(10_000)));
    }

    #[test]
    fn absurd_counts_are_refused() {
        for text in ["0", "-1", "ten", "", "_", "1e3", "99999999999999"] {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        assert_eq!(duration("1.5"), Ok(Duration::from_millis(1500)));
        for text in ["0", "-1s", "soon", "NaN", "inf", "1e99s"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
