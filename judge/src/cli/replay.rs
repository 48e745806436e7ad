//! `judge replay`: one execution once more, step by step.

use clap::Args;
use engine::Limits;

use super::{
    CommandError,
    run::{count, read_case},
    strategy::Strategy,
};
use crate::{Exit, Plan, Selection, find_problem, replay, report, select};

/// Runs one execution under control once more, and shows its steps
///
/// The seed, the case and the number of the execution decide everything, so this is the same
/// execution as long as the code is the same.
#[derive(Debug, Args)]
pub(super) struct Replay {
    /// The problem, by number, slug or short name
    problem: String,

    /// The solution
    #[arg(long = "impl", value_name = "NAME")]
    solution: String,

    /// The case, by name, or the input
    #[arg(long, value_name = "CASE")]
    case: String,

    /// The seed of the judgement
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,

    /// Which execution of the case, counted from zero
    #[arg(long, value_name = "K")]
    execution: u64,

    /// As it was judged: who is next
    #[arg(long, default_value = "mix")]
    strategy: Strategy,

    /// As it was judged: waits end only when notified
    #[arg(long)]
    no_spurious: bool,

    /// As it was judged: how many steps it may take
    #[arg(long, value_name = "N", default_value = "200_000", value_parser = count)]
    max_steps: u64,
}

impl Replay {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let problem = find_problem(&self.problem)?;
        let chosen = select(problem, &Selection::new(vec![self.solution.clone()]))?;
        let [solution] = chosen[..] else {
            let names: Vec<_> = chosen.iter().map(|solution| solution.name).collect();
            let names = names.join(", ");
            return Err(CommandError::Usage(format!("{} means {names}; name one", self.solution)));
        };
        let input = read_case(problem, &self.case)?;
        let steps = usize::try_from(self.max_steps).unwrap_or(usize::MAX);
        let limits = Limits { steps, spurious: !self.no_spurious };
        let plan = Plan { seed: self.seed, strategy: self.strategy.into(), limits };
        let replayed = replay(problem, &solution, &input, plan, self.execution);
        report::print(&report::replay::execution(problem, &solution, &input, &replayed));
        Ok(if replayed.rejection.is_some() { Exit::Rejected } else { Exit::Accepted })
    }
}
