//! What people and programs read: one file per format. Nothing else prints.

pub mod crawl;
pub(crate) mod doctor;
pub mod graph;
pub mod human;
pub mod json;
pub mod junit;
pub mod list;
pub mod new;
pub mod page;
pub mod replay;
pub mod serve;
pub mod show;
pub mod verified;

mod failing;
mod interface;
mod progress;
mod style;
mod timeline;
mod wrap;

use std::{
    fmt::Display,
    io::{IsTerminal, Write},
};

use clap::ValueEnum;
use problems::{Problem, Solution};

pub use self::progress::Progress;
use self::progress::Spinner;
pub(crate) use self::style::choose_glyphs;
use crate::{EngineKind, Judgement, Tally};

/// What a report looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people
    Human,
    /// One JSON object a line
    Json,
    /// JUnit's XML
    Junit,
}

/// Tells judgements as they come.
#[derive(Debug)]
pub struct Reporter {
    format: Format,
    /// How many judgements there will be, and how many have been told.
    judgements: usize,
    told: usize,
    /// The problem whose heading was printed last.
    heading: Option<u16>,
    /// What JUnit gets at the end.
    cases: Vec<junit::Case>,
}

impl Reporter {
    /// Begins a report on `judgements` judgements.
    pub fn new(format: Format, seed: u64, executions: u64, judgements: usize) -> Self {
        if format == Format::Json {
            print(&json::start(seed, executions, judgements));
        }
        Self { format, judgements, told: 0, heading: None, cases: Vec::new() }
    }

    /// Shows how far a judgement is, where somebody watches.
    pub fn progress(
        &self,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
        executions: u64,
    ) -> Progress {
        let (number, all) = (self.told + 1, self.judgements);
        let which = if all > 1 { format!("{number}/{all} ") } else { String::new() };
        let name = format!("{which}{} {} {engine}", problem.number, solution.name);
        Progress::new(&name, executions)
    }

    /// Tells one judgement.
    pub fn tell(&mut self, problem: &Problem, solution: &Solution, judgement: &Judgement) {
        self.told += 1;
        match self.format {
            Format::Human => {
                if self.heading.replace(problem.number) != Some(problem.number) {
                    print(&human::heading(problem));
                }
                print(&human::judgement(judgement));
            }
            Format::Json => print(&json::judgement(judgement)),
            Format::Junit => self.cases.push(junit::Case::new(problem, solution, judgement)),
        }
    }

    /// Ends the report on all that was judged.
    pub fn end(self, tally: &Tally) {
        match self.format {
            Format::Human => {
                print(&human::summary(tally));
                tell_time(tally);
            }
            Format::Json => print(&json::end(tally)),
            Format::Junit => print(&junit::report(self.cases)),
        }
    }
}

/// Prints `text` to stdout, with colour only where it is wanted. A reader who has gone away is not
/// an error: `judge list | head -1` is fine.
pub fn print(text: &str) {
    // Whoever goes on for long asks.
    let _ = is_read(text);
}

/// Prints `text` to stdout; whether somebody reads it.
fn is_read(text: &str) -> bool {
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok()
}

/// Says on stderr how long it took, where somebody watches.
fn tell_time(tally: &Tally) {
    if std::io::stderr().is_terminal() {
        let mut err = anstream::AutoStream::auto(std::io::stderr().lock());
        let _ = writeln!(err, "in {:.1} s", tally.elapsed.as_secs_f64());
    }
}

/// Says on stderr why the command line cannot be read, as clap has put it.
pub fn refuse(reason: &str) {
    let mut err = anstream::AutoStream::auto(std::io::stderr().lock());
    let _ = writeln!(err, "{}", wrap::wrapped(reason));
}

/// Says on stderr what is wrong.
pub fn complain(error: &dyn Display) {
    let (bad, reset) = (style::BAD.render(), style::BAD.render_reset());
    let mut err = anstream::AutoStream::auto(std::io::stderr().lock());
    let _ = writeln!(err, "{}", wrap::wrapped(&format!("{bad}error:{reset} {error}")));
}

/// Says on stderr what a user should know, and need not worry about.
pub fn remark(text: &dyn Display) {
    let mut err = anstream::AutoStream::auto(std::io::stderr().lock());
    let _ = writeln!(err, "note: {text}");
}
