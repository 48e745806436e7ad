//! What a command is about: solutions of problems, and the inputs to run them on.

use clap::Args;
use problems::{Problem, Solution, Technique};

use super::CommandError;
use crate::{Input, Selection, UnknownName, find_problem, select};

#[derive(Debug, Args)]
pub(super) struct Subject {
    /// The problem, by number, slug or short name; or "all"
    problem: String,

    /// A solution, a technique, "all", or "broken"; may be repeated
    #[arg(long = "impl", value_name = "NAME")]
    names: Vec<String>,

    /// Only this case, by name, or an input of your own; may be repeated
    #[arg(long = "case", value_name = "CASE")]
    cases: Vec<String>,

    /// Only an input of your own, of this size; may be repeated
    #[arg(long, value_name = "N")]
    n: Vec<usize>,
}

impl Subject {
    /// The problems, in their order.
    pub(super) fn problems(&self) -> Result<Vec<&'static Problem>, CommandError> {
        if self.is_all() {
            return Ok(problems::ALL.to_vec());
        }
        Ok(vec![find_problem(&self.problem)?])
    }

    /// The solutions of `problem` that are named; with all problems, those of them that it has.
    pub(super) fn solutions(&self, problem: &Problem) -> Result<Vec<Solution>, CommandError> {
        let has = |name: &&String| select(problem, &Selection::new(vec![(*name).clone()])).is_ok();
        let is_named = |name: &&String| !self.is_all() || has(name);
        let names: Vec<String> = self.names.iter().filter(is_named).cloned().collect();
        if names.is_empty() && !self.names.is_empty() {
            return Ok(Vec::new());
        }
        Ok(select(problem, &Selection::new(names))?)
    }

    /// The inputs that are named, each read once so that a forbidden one is refused here.
    pub(super) fn inputs(&self, problem: &Problem) -> Result<Vec<Input>, CommandError> {
        let named = self.cases.iter().map(|case| read_case(problem, case));
        let sized = self.n.iter().map(|&n| {
            let text = (problem.sized)(n).map_err(CommandError::usage)?;
            Ok(Input::own(&text))
        });
        named.chain(sized).collect()
    }

    /// Where no solution was found: with all problems a name need not be known to each, but to one.
    pub(super) fn is_known(&self) -> Result<(), UnknownName> {
        match self.names.first() {
            Some(name) if self.is_all() => {
                Err(UnknownName::new("solution", name, Technique::ALL.iter().map(|t| t.name())))
            }
            _ => Ok(()),
        }
    }

    fn is_all(&self) -> bool {
        self.problem == "all"
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
