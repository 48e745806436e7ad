//! Judges a solution: runs it on the cases of its problem, and compares what it shows.

use std::{
    fmt,
    num::NonZero,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use engine::{Limits, strategy::StrategyKind};
use problems::{Case, InputError, Problem, Setup, Solution, Starts, Trial};
use serde::{Deserialize, Serialize};

use crate::{
    Cache, Evidence, Judgement, Kept, Record, Stop, Verdict,
    bench::{Bench, Work},
    deal,
    judgement::Seen,
    reduce::reduced,
};

/// Which engine runs a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EngineKind {
    /// Coroutines under a strategy: one seed decides every interleaving.
    Controlled,
    /// OS threads and a Tokio runtime, with noise.
    Threads,
}

impl EngineKind {
    /// Both, in the order of the reports.
    pub const ALL: [Self; 2] = [Self::Controlled, Self::Threads];

    /// Its name, as the command line and every report write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Controlled => "controlled",
            Self::Threads => "threads",
        }
    }
}

impl fmt::Display for EngineKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Where the pages of 1242 come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Site {
    /// From a model of the web.
    #[default]
    Model,
    /// From a server on the loopback, over HTTP. Sockets take OS threads.
    Http,
}

/// How to judge.
///
/// ```
/// use judge::{EngineKind, Judge, find_problem};
///
/// let problem = find_problem("1115").expect("1115 is one of the problems");
/// let judge = Judge { executions: 200, ..Judge::default() };
/// for solution in problem.solutions {
///     assert!(judge.judge(problem, solution, EngineKind::Controlled).verdict.is_accepted());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Judge {
    /// How many executions, dealt over the cases.
    pub executions: u64,
    /// What makes them repeat.
    pub seed: u64,
    /// Who is next, under control.
    pub strategy: StrategyKind,
    /// How long one execution may take on OS threads.
    pub time_limit: Duration,
    /// How far one execution may go under control.
    pub limits: Limits,
    /// How many cores share the executions under control. The result is the same.
    pub cores: NonZero<usize>,
    /// Whether OS threads are disturbed.
    pub noise: bool,
    /// Where the pages of 1242 come from.
    pub site: Site,
    /// How many steps may be spent on making a wrong execution shorter; none leaves it as it was
    /// found.
    pub shrink_steps: usize,
    /// Where records of wrong executions go, if anywhere.
    pub cache: Option<Cache>,
    /// Only these inputs; none means all cases of the problem.
    pub inputs: Vec<Input>,
    /// Ends a judgement early.
    pub stop: Stop,
}

impl Default for Judge {
    /// 10,000 executions of every case, seed 0, all strategies in turn, ten seconds for an execution,
    /// all cores.
    fn default() -> Self {
        Self {
            executions: 10_000,
            seed: 0,
            strategy: StrategyKind::default(),
            time_limit: Duration::from_secs(10),
            limits: Limits::default(),
            cores: available_parallelism().unwrap_or(NonZero::<usize>::MIN),
            noise: true,
            site: Site::Model,
            shrink_steps: 400_000,
            cache: None,
            inputs: Vec::new(),
            stop: Stop::default(),
        }
    }
}

/// One input to judge with: a case of the problem, or a user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The case's name; the input itself if it is a user's own.
    pub name: String,
    /// The input, as a user would type it.
    pub text: String,
    /// How the calls are started.
    pub starts: Starts,
    /// The canonical output that must be shown; a user's own input has none, and is judged by the
    /// checker alone.
    pub accepted: Option<&'static str>,
}

impl From<&Case> for Input {
    fn from(case: &Case) -> Self {
        Self {
            name: case.name.to_owned(),
            text: case.input.to_owned(),
            starts: case.starts,
            accepted: Some(case.accepted()),
        }
    }
}

impl Input {
    /// A user's own input.
    pub fn own(text: &str) -> Self {
        let (name, text) = (text.to_owned(), text.to_owned());
        Self { name, text, starts: Starts::Together, accepted: None }
    }

    /// Makes a trial of `solution` on the input.
    ///
    /// # Errors
    ///
    /// If the problem forbids the input.
    pub fn trial(&self, solution: &Solution) -> Result<Trial, InputError> {
        (solution.prepare)(&Setup { input: &self.text, starts: self.starts })
    }
}

impl Judge {
    /// The inputs that `engine` can judge `problem` with.
    pub fn inputs(&self, problem: &Problem, engine: EngineKind) -> Vec<Input> {
        let inputs = match &self.inputs[..] {
            [] => problem.cases.iter().map(Input::from).collect(),
            own => own.to_vec(),
        };
        let fits = |input: &Input| match (self.site, engine) {
            (Site::Model, EngineKind::Controlled) => true,
            (Site::Model, EngineKind::Threads) => !input.starts.needs_control(),
            (Site::Http, EngineKind::Controlled) => false,
            (Site::Http, EngineKind::Threads) => web::servable(&input.text).is_ok(),
        };
        inputs.into_iter().filter(fits).collect()
    }

    /// Makes a trial of `solution` on `input`.
    pub(crate) fn trial(&self, solution: &Solution, input: &Input) -> Result<Trial, InputError> {
        match self.site {
            Site::Model => input.trial(solution),
            Site::Http => web::trial(solution.name, &input.text),
        }
    }

    /// Judges `solution` on `engine`.
    ///
    /// # Panics
    ///
    /// If one of `inputs` is forbidden by the problem.
    pub fn judge(&self, problem: &Problem, solution: &Solution, engine: EngineKind) -> Judgement {
        self.judge_watched(problem, solution, engine, &mut |_| ())
    }

    /// As [`judge`](Self::judge); `progress` is told now and then how many executions are done.
    ///
    /// # Panics
    ///
    /// If one of `inputs` is forbidden by the problem.
    pub fn judge_watched(
        &self,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
        progress: &mut dyn FnMut(u64),
    ) -> Judgement {
        let found = self.find(problem, solution, engine, progress);
        self.shorten(problem, solution, found)
    }

    /// Judges, and leaves a wrong execution as it was found.
    pub(crate) fn find(
        &self,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
        progress: &mut dyn FnMut(u64),
    ) -> Judgement {
        let began = Instant::now();
        let inputs = self.inputs(problem, engine);
        let shares = deal(self.executions, inputs.len());
        let works = inputs.iter().zip(shares);
        let works = works.map(|(input, executions)| Work { problem, solution, input, executions });
        let mut bench = Bench::new(self, progress);
        bench.judge(&works.collect::<Vec<_>>(), engine);
        let (verdict, cases) = bench.finish();
        Judgement {
            problem: problem.number,
            solution: solution.name,
            engine,
            executions: cases.iter().map(|seen| seen.coverage.executions()).sum(),
            verdict,
            cases,
            elapsed: began.elapsed(),
        }
    }

    /// What `found` becomes when its wrong execution, if there is one that can be replayed, is made
    /// short.
    pub(crate) fn shorten(
        &self,
        problem: &Problem,
        solution: &Solution,
        found: Judgement,
    ) -> Judgement {
        let began = Instant::now();
        let Judgement { engine: EngineKind::Controlled, verdict: Verdict::Rejected(wrong), .. } =
            found
        else {
            return found;
        };
        let reduced = self.reduce(problem, solution, *wrong, &found.cases);
        let elapsed = found.elapsed + began.elapsed();
        Judgement { verdict: Verdict::Rejected(Box::new(reduced)), elapsed, ..found }
    }

    /// Follows the wrong execution once more and makes it short. A record of it is written before
    /// it runs again, since that may be the end of the process, and once more afterwards.
    fn reduce(
        &self,
        problem: &Problem,
        solution: &Solution,
        found: Evidence,
        cases: &[Seen],
    ) -> Evidence {
        let keep =
            |record: &Record| self.cache.as_ref().map_or(Kept::No, |cache| cache.keep(record));
        keep(&Record::intent(problem.number, solution.name, &found));
        let input = self.inputs(problem, EngineKind::Controlled);
        let input = input.into_iter().find(|input| input.name == found.case);
        let input = input.expect("what was found wrong was an input");
        let trial = input.trial(solution).expect("the input was read before");
        let seen = cases.iter().find(|seen| seen.case == input.name);
        let first = seen.and_then(|seen| seen.outputs.seen.first());
        let expected = input.accepted.or(first.map(|output| output.text.as_str()));
        let mut reduced = reduced(found, &trial, expected, self.shrink_steps);
        reduced.kept = keep(&Record::new(problem.number, solution.name, &reduced));
        reduced
    }

    /// Judges `solution` on both engines.
    ///
    /// # Panics
    ///
    /// If it is rejected, with the explanation.
    #[track_caller]
    pub fn assert_accepted(&self, problem: &Problem, solution: &Solution) {
        for engine in EngineKind::ALL {
            let judgement = self.judge(problem, solution, engine);
            let told = crate::report::human::judgement(&judgement);
            assert!(
                judgement.verdict == Verdict::Accepted,
                "{} is not accepted\n\n{}",
                solution.name,
                anstream::adapter::strip_str(&told),
            );
        }
    }
}
