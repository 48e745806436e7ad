//! `--site`: where the pages of 1242 come from.

use clap::ValueEnum;
use problems::{Problem, Solution, p1242_web_crawler_multithreaded::answer};

use super::CommandError;
use crate::{Input, Site};

/// Where the pages of 1242 come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Pages {
    /// A model of the web
    Model,
    /// A server on the loopback, over HTTP: on OS threads
    Http,
}

impl Pages {
    /// Refuses what cannot be judged with these pages; `inputs` are those that were named.
    pub(super) fn can_serve(
        self,
        problem: &Problem,
        solutions: &[Solution],
        inputs: &[Input],
    ) -> Result<(), CommandError> {
        if self == Self::Model {
            return Ok(());
        }
        if problem.number != 1242 {
            let number = problem.number;
            return Err(CommandError::Usage(format!(
                "--site http is for 1242, and not for {number}"
            )));
        }
        if let Some(other) = solutions.iter().find(|solution| answer(solution.name).is_none()) {
            let name = other.name;
            return Err(CommandError::Usage(format!(
                "--site http is for the listed solutions, and {name} is none"
            )));
        }
        for input in inputs {
            web::servable(&input.text).map_err(|why| {
                CommandError::Usage(format!("{why}; without --site http a model has both"))
            })?;
        }
        Ok(())
    }
}

impl From<Pages> for Site {
    fn from(pages: Pages) -> Self {
        match pages {
            Pages::Model => Self::Model,
            Pages::Http => Self::Http,
        }
    }
}
