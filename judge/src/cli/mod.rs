//! The command line: one file per command.

mod crawl;
mod doctor;
mod guards;
mod keep;
mod list;
mod new;
mod replay;
mod run;
mod serve;
mod show;
mod signals;
mod site;
mod strategy;
mod subject;
mod values;
mod verify;
mod worker;

use std::{fmt, io};

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};
use problems::Solution;
use thiserror::Error;

use crate::{Exit, UnknownName, supervisor::SupervisorError};

/// Judges solutions to LeetCode's concurrency problems under randomized scheduling.
#[derive(Debug, Parser)]
#[command(name = "judge", version, after_help = EXIT_CODES, max_term_width = 80)]
struct Cli {
    /// When to use colour; the variable NO_COLOR is honoured too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,

    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  accepted           1  a solution was rejected   2  wrong usage
  3  the judge failed   4  nothing was selected      5  inconclusive
  130, 143  ended by SIGINT or SIGTERM, after a summary of what was done";

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Run(run::Run),
    Verify(verify::Verify),
    Replay(replay::Replay),
    New(new::New),
    Crawl(crawl::Crawl),
    Serve(serve::Serve),
    Doctor(doctor::Doctor),
    #[command(hide = true)]
    Worker(worker::Worker),
}

/// A command that could not do its work.
#[derive(Debug, Error)]
pub(crate) enum CommandError {
    /// Something is called by a name that nothing has.
    #[error(transparent)]
    Unknown(#[from] UnknownName),
    /// The command line asks for something that cannot be.
    #[error("{0}")]
    Usage(String),
    /// The surroundings do not allow it.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// What went wrong.
        source: io::Error,
    },
}

impl CommandError {
    fn usage(message: impl fmt::Display) -> Self {
        Self::Usage(message.to_string())
    }

    /// There is no worker to judge in.
    fn cannot_judge(error: SupervisorError) -> Self {
        Self::Io { what: "cannot judge".into(), source: io::Error::other(error) }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Unknown(_) | Self::Usage(_) => Exit::Usage,
            Self::Io { .. } => Exit::Failed,
        }
    }
}

/// Runs the command that the process was started with.
pub fn main() -> Exit {
    main_with(&[])
}

/// Runs the command that the process was started with; `hidden` are solutions, with the numbers of
/// their problems, that are judged when they are named, and listed nowhere.
pub fn main_with(hidden: &'static [(u16, Solution)]) -> Exit {
    crate::registry::hide(hidden);
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    // Where it cannot be had, a file that is too large ends the process as before.
    let _ = signals::survive_small_files();
    choose_color(cli.color);
    crate::report::choose_glyphs();
    let done = match cli.command {
        Command::List(list) => list.run(),
        Command::Show(show) => show.run(),
        Command::Run(run) => run.run(),
        Command::Verify(verify) => verify.run(),
        Command::Replay(replay) => replay.run(),
        Command::New(new) => new.run(),
        Command::Crawl(crawl) => crawl.run(),
        Command::Serve(serve) => serve.run(),
        Command::Doctor(doctor) => doctor.run(),
        Command::Worker(worker) => Ok(worker.run()),
    };
    done.unwrap_or_else(|error| {
        crate::report::complain(&error);
        error.exit()
    })
}

/// Prints help, or what is wrong with the command line.
fn refuse(error: &clap::Error) -> Exit {
    if error.use_stderr() {
        crate::report::refuse(&error.render().ansi().to_string());
        return Exit::Usage;
    }
    // Nothing can be done if that fails.
    let _ = error.print();
    Exit::Accepted
}

fn choose_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// The command tree, for tests and documentation.
pub fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_tree_is_consistent() {
        super::command().debug_assert();
    }
}
