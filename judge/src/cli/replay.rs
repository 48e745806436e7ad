//! `judge replay`: one execution once more, step by step.

use std::{fs, io, path::Path};

use clap::Args;
use engine::{Limits, strategy::StrategyKind};
use problems::{Problem, Solution};

use super::{
    CommandError,
    guards::Guards,
    keep::{self, Keep},
    strategy::Strategy,
    subject::read_case,
    values::count,
};
use crate::{
    Cache, Exit, Handle, Input, Origin, Plan, Record, Replayed, Selection, Site, Stop, UnknownName,
    find_problem,
    replay::Which,
    report::{self, page::Page},
    select,
    supervisor::Again,
};

/// Runs one execution under control once more, and shows its steps
///
/// Every rejection prints the handle of its execution, made as short as it could be. As long as
/// the code does the same, so does the replay; where it no longer does, the replay says so. With
/// --impl and --execution it runs an execution as it was found.
#[derive(Debug, Args)]
pub(super) struct Replay {
    /// A handle such as 1226-left-first-7k2mq, a file that --save wrote, or a problem
    #[arg(value_name = "HANDLE|FILE|PROBLEM")]
    target: String,

    /// The solution
    #[arg(long = "impl", value_name = "NAME", requires = "case", requires = "execution")]
    solution: Option<String>,

    /// The case, by name, or the input
    #[arg(long, value_name = "CASE", requires = "solution")]
    case: Option<String>,

    /// The seed of the judgement
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,

    /// Which execution of the case, counted from zero
    #[arg(long, value_name = "K", requires = "solution")]
    execution: Option<u64>,

    /// As it was judged: who is next
    #[arg(long, value_name = "NAME", default_value = "mix")]
    strategy: Strategy,

    /// As it was judged: waits end only when notified
    #[arg(long)]
    no_spurious: bool,

    /// As it was judged: atomic loads may see older stores
    #[arg(long)]
    weak_memory: bool,

    /// As it was judged: how many steps it may take
    #[arg(long, value_name = "N", default_value = "200_000", value_parser = count)]
    max_steps: u64,

    #[command(flatten)]
    keep: Keep,

    #[command(flatten)]
    guards: Guards,
}

/// What is replayed.
struct Subject {
    problem: &'static Problem,
    solution: Solution,
    input: Input,
}

impl Replay {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        match (&self.solution, &self.case, self.execution) {
            (Some(solution), Some(case), Some(execution)) => {
                let subject = Subject::find(&self.target, solution, case)?;
                let steps = usize::try_from(self.max_steps).unwrap_or(usize::MAX);
                let limits =
                    Limits { steps, spurious: !self.no_spurious, weak_memory: self.weak_memory };
                let strategy = StrategyKind::from(self.strategy);
                self.found(Plan { seed: self.seed, strategy, limits }, execution, &subject)
            }
            _ => self.recorded(&self.record()?),
        }
    }

    /// The execution as it was found.
    fn found(&self, plan: Plan, execution: u64, subject: &Subject) -> Result<Exit, CommandError> {
        let Some(replayed) = self.again(subject, plan, Which::Drawn(execution))? else {
            return Ok(Exit::Rejected);
        };
        let Subject { problem, solution, input } = subject;
        let (number, name, case) = (problem.number, solution.name, &input.name);
        let origin = Origin { problem: number, solution: name, case, plan, execution };
        self.tell(subject, &replayed, &Record::of_replayed(origin, &replayed))
    }

    /// The execution that `record` tells of.
    fn recorded(&self, record: &Record) -> Result<Exit, CommandError> {
        let subject = Subject::find(&record.problem.to_string(), &record.solution, &record.case)?;
        let plan = record.plan();
        let Some(schedule) = record.schedule().map_err(CommandError::usage)? else {
            return self.found(plan, record.execution, &subject);
        };
        let Some(replayed) = self.again(&subject, plan, Which::Scheduled(schedule))? else {
            return Ok(Exit::Rejected);
        };
        if let Some(divergence) = record.divergence(&replayed.trace) {
            report::complain(&report::replay::diverged(&divergence));
            return Ok(Exit::Inconclusive);
        }
        self.tell(&subject, &replayed, record)
    }

    /// Runs the execution once more in a worker; `None` if that has died of it, which is told.
    fn again(
        &self,
        Subject { problem, solution, input }: &Subject,
        plan: Plan,
        which: Which,
    ) -> Result<Option<Box<Replayed>>, CommandError> {
        let mut supervisor = self.guards.supervisor(&Stop::default(), Site::Model)?;
        let again = supervisor.replay((problem, solution), input, plan, which);
        match again.map_err(CommandError::cannot_judge)? {
            Again::Ran(replayed) => Ok(Some(replayed)),
            Again::Died(death) => {
                report::print(&report::replay::death(problem, solution, input, &death));
                Ok(None)
            }
        }
    }

    fn tell(
        &self,
        Subject { problem, solution, input }: &Subject,
        replayed: &Replayed,
        record: &Record,
    ) -> Result<Exit, CommandError> {
        report::print(&report::replay::execution(problem, solution, input, replayed));
        self.keep.record(record)?;
        self.keep.page(&Page::of_replayed(problem, solution, &input.name, replayed))?;
        Ok(if replayed.rejection.is_some() { Exit::Rejected } else { Exit::Accepted })
    }

    /// The record that the target names: a file if there is one, or else a handle.
    fn record(&self) -> Result<Record, CommandError> {
        let target = self.target.as_str();
        let file = Path::new(target);
        let text = if file.is_file() {
            fs::read_to_string(file).map_err(keep::failed("read", file))?
        } else {
            kept(target)?
        };
        Record::read(&text).map_err(|error| CommandError::usage(format!("{target}: {error}")))
    }
}

/// The record in the user's cache that is called `name`.
fn kept(name: &str) -> Result<String, CommandError> {
    if find_problem(name).is_ok() {
        let needed = "needs --impl, --case and --execution, or give a handle";
        return Err(CommandError::Usage(format!(
            "to replay an execution of {name}, judge {needed}"
        )));
    }
    let handle: Handle = name
        .parse()
        .map_err(|error| CommandError::Usage(format!("there is no file {name:?}, and {error}")))?;
    let cache = Cache::of_user()
        .map_err(|source| CommandError::Io { what: "cannot find your cache".into(), source })?;
    cache.read(&handle).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => {
            let handles = cache.handles();
            UnknownName::new("execution", name, handles.iter().map(Handle::as_str)).into()
        }
        _ => CommandError::Io { what: format!("cannot read the record of {name}"), source },
    })
}

impl Subject {
    fn find(problem: &str, solution: &str, case: &str) -> Result<Self, CommandError> {
        let problem = find_problem(problem)?;
        let chosen = select(problem, &Selection::new(vec![solution.to_owned()]))?;
        let [solution] = chosen[..] else {
            let names: Vec<_> = chosen.iter().map(|solution| solution.name).collect();
            let names = names.join(", ");
            return Err(CommandError::Usage(format!("{solution} means {names}; name one")));
        };
        Ok(Self { problem, solution, input: read_case(problem, case)? })
    }
}
