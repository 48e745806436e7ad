//! `judge list`: problems and techniques.

use clap::Args;

use super::{CommandError, keep};
use crate::{Exit, Verified, find_problem, report};

/// Lists problems and techniques, or the solutions of one problem
#[derive(Debug, Args)]
pub(super) struct List {
    /// A problem, by number, slug or short name
    problem: Option<String>,
}

impl List {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let verified = Verified::read(keep::cache().as_ref());
        match &self.problem {
            None => report::print(&report::list::table(&verified)),
            Some(name) => report::print(&report::list::solutions(find_problem(name)?, &verified)),
        }
        Ok(Exit::Accepted)
    }
}
