//! `judge show`: a problem's statement.

use clap::Args;

use super::CommandError;
use crate::{Exit, find_problem, report};

/// Shows a problem: statement, hints, cases, interface
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The problem, by number, slug or short name
    problem: String,
}

impl Show {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        report::print(&report::show::problem(find_problem(&self.problem)?));
        Ok(Exit::Accepted)
    }
}
