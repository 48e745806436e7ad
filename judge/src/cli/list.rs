//! `judge list`: problems and techniques.

use clap::Args;

use super::CommandError;
use crate::{Exit, find_problem, report};

/// Lists problems and techniques, or the solutions of one problem
#[derive(Debug, Args)]
pub(super) struct List {
    /// A problem, by number, slug or short name
    problem: Option<String>,
}

impl List {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        match &self.problem {
            None => report::print(&report::list::table()),
            Some(name) => report::print(&report::list::solutions(find_problem(name)?)),
        }
        Ok(Exit::Accepted)
    }
}
