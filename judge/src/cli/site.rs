//! `--site`: where the pages of 1242 come from.

use clap::ValueEnum;
use problems::{Problem, Solution, p1242_web_crawler_multithreaded::crawler};

use super::CommandError;
use crate::Site;

/// Where the pages of 1242 come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Pages {
    /// A model of the web
    Model,
    /// A server on the loopback, over HTTP: on OS threads, and only the right solutions
    Http,
}

impl Pages {
    /// Refuses what cannot be judged with these pages.
    pub(super) fn can_serve(
        self,
        problem: &Problem,
        solutions: &[Solution],
    ) -> Result<(), CommandError> {
        let cannot =
            |solution: &&Solution| problem.number != 1242 || crawler(solution.name).is_none();
        match solutions.iter().find(cannot) {
            Some(Solution { name, .. }) if self == Self::Http => Err(CommandError::Usage(format!(
                "--site http is for the right solutions of 1242, and {name} is none of them"
            ))),
            _ => Ok(()),
        }
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
