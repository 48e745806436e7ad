//! The command line: one file per command.

mod crawl;
mod keep;
mod list;
mod new;
mod replay;
mod run;
mod show;
mod signals;
mod site;
mod strategy;

use std::{fmt, io};

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};
use thiserror::Error;

use crate::{Exit, UnknownName};

/// Judges solutions to LeetCode's concurrency problems under randomized scheduling.
#[derive(Debug, Parser)]
#[command(name = "judge", version, after_help = EXIT_CODES, max_term_width = 100)]
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
    Replay(replay::Replay),
    New(new::New),
    Crawl(crawl::Crawl),
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

    fn exit(&self) -> Exit {
        match self {
            Self::Unknown(_) | Self::Usage(_) => Exit::Usage,
            Self::Io { .. } => Exit::Failed,
        }
    }
}

/// Runs the command that the process was started with.
pub fn main() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    choose_color(cli.color);
    crate::report::choose_glyphs();
    let done = match cli.command {
        Command::List(list) => list.run(),
        Command::Show(show) => show.run(),
        Command::Run(run) => run.run(),
        Command::Replay(replay) => replay.run(),
        Command::New(new) => new.run(),
        Command::Crawl(crawl) => crawl.run(),
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
