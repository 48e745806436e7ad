//! What a worker may use, and how long it may take: the options of commands that judge.

use std::time::Duration;

use clap::Args;

use super::{
    CommandError,
    values::{count, duration},
};
use crate::{
    Site, Stop, report,
    supervisor::{Finding, Guard, Supervisor, SupervisorError, examine},
};

/// Limits of the process in which solutions run
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits of the process in which solutions run")]
pub(super) struct Guards {
    /// How much memory it may write to
    #[arg(long, value_name = "SIZE", default_value = "1GiB", value_parser = size)]
    memory: u64,

    /// How much a solution may print
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    output: u64,

    /// How many threads there may be at once
    #[arg(long, value_name = "N", default_value = "512", value_parser = count)]
    threads: u64,

    /// How many files may be open
    #[arg(long, value_name = "N", default_value = "256", value_parser = count)]
    open_files: u64,

    /// How long a task may wait outside of sync under control, or run without an operation
    #[arg(long, value_name = "T", default_value = "1s", value_parser = duration)]
    stall: Duration,

    /// How long one solution may be judged on one engine; for ever if not given
    #[arg(long, value_name = "T", value_parser = duration)]
    total_time: Option<Duration>,

    /// How much processor time a worker may use, in whole seconds; without limit if not given
    #[arg(long, value_name = "SECONDS", value_parser = count)]
    cpu_time: Option<u64>,

    /// Do without Landlock and seccomp
    #[arg(long)]
    no_sandbox: bool,
}

impl Guards {
    fn guard(&self) -> Guard {
        Guard {
            memory: self.memory,
            output: self.output,
            threads: self.threads,
            files: self.open_files,
            stall: self.stall,
            total: self.total_time,
            cpu: self.cpu_time,
            sandbox: !self.no_sandbox,
        }
    }

    /// What holds of all this on this machine.
    pub(super) fn examine(&self) -> Result<Vec<Finding>, SupervisorError> {
        // What a worker leaves behind becomes a child of this process.
        let _supervisor = Supervisor::new(self.guard(), Stop::default());
        examine(&self.guard())
    }

    /// A supervisor whose first worker has begun; says so if the kernel does not shut it in.
    pub(super) fn supervisor(&self, stop: &Stop, site: Site) -> Result<Supervisor, CommandError> {
        let mut supervisor = Supervisor::new(self.guard(), stop.clone());
        let strength = supervisor.ready(site).map_err(CommandError::cannot_judge)?;
        if let Some(lack) = strength.lack().filter(|_| !self.no_sandbox) {
            report::remark(&format!("solutions are not shut in as they should be: {lack}"));
        }
        Ok(supervisor)
    }
}

/// Reads a size: bytes, or a number of KiB, MiB or GiB.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 6] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("K", 1 << 10),
        ("M", 1 << 20),
        ("G", 1 << 30),
    ];
    let with_unit = UNITS.iter().find_map(|&(unit, bytes)| Some((text.strip_suffix(unit)?, bytes)));
    let (number, unit) = with_unit.unwrap_or((text, 1));
    let number: u64 = number
        .trim()
        .replace('_', "")
        .parse()
        .map_err(|_| "must be a size, such as 4096, 64KiB or 1GiB".to_owned())?;
    let bytes = number.checked_mul(unit).filter(|&bytes| bytes < 1 << 50);
    bytes.ok_or_else(|| "must be less than a million GiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_units() {
        let sizes = ["4096", "64KiB", "1GiB", "2M"].map(size);
        assert_eq!(sizes, [Ok(4096), Ok(65_536), Ok(1 << 30), Ok(2 << 20)]);
    }

    #[test]
    fn absurd_sizes_are_refused() {
        for text in ["", "-1", "much", "1.5GiB", "1TiB", "99999999999GiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
