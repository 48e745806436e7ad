//! `judge doctor`: what of the judge's protections holds on this machine.

use clap::Args;

use super::{CommandError, guards::Guards};
use crate::{Exit, report};

/// Tells what protects the judge from solutions on this machine
#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    guards: Guards,
}

impl Doctor {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let findings = self.guards.examine().map_err(CommandError::cannot_judge)?;
        report::print(&report::doctor::findings(&findings));
        let holds = findings.iter().all(|finding| finding.holds);
        Ok(if holds { Exit::Accepted } else { Exit::Inconclusive })
    }
}
