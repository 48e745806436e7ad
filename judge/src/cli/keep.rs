//! `--save` and `--html`: files that an execution is kept in.

use std::{fs, path::PathBuf};

use clap::{Args, ValueHint};
use problems::{Problem, Solution};

use super::CommandError;
use crate::{Cache, Evidence, Record, report::page::Page};

/// Files to keep an execution in.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Keep {
    /// Write the schedule to FILE, for judge replay FILE on any machine
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    save: Option<PathBuf>,

    /// Write a page with timeline and source to FILE, for any browser
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    html: Option<PathBuf>,
}

impl Keep {
    /// Keeps the execution that `evidence` tells of.
    pub(super) fn evidence(
        &self,
        problem: &Problem,
        solution: &Solution,
        evidence: &Evidence,
    ) -> Result<(), CommandError> {
        self.record(&Record::new(problem.number, solution.name, evidence))?;
        match Page::of(problem, solution, evidence) {
            Some(page) => self.page(&page),
            None => Ok(()),
        }
    }

    /// Writes `record` where it is wanted.
    pub(super) fn record(&self, record: &Record) -> Result<(), CommandError> {
        let Some(file) = &self.save else { return Ok(()) };
        crate::cache::write_whole(file, record).map_err(failed("write", file))
    }

    /// Writes `page` where it is wanted.
    pub(super) fn page(&self, page: &Page) -> Result<(), CommandError> {
        let Some(file) = &self.html else { return Ok(()) };
        fs::write(file, page.html()).map_err(failed("write", file))
    }
}

/// What to say when `file` cannot be read or written.
pub(super) fn failed(
    verb: &str,
    file: &std::path::Path,
) -> impl FnOnce(std::io::Error) -> CommandError {
    let what = format!("cannot {verb} {}", file.display());
    move |source| CommandError::Io { what, source }
}

/// The user's cache; without one, nothing is kept, and reports give the long command.
pub(super) fn cache() -> Option<Cache> {
    Cache::of_user().ok()
}
