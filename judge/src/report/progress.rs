//! A bar or a spinner on stderr, where stderr is a terminal.

use std::{fmt::Write, time::Duration};

use engine::verify::Survey;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::number::grouped;

/// How often a spinner turns by itself.
const TICK: Duration = Duration::from_millis(200);

/// How far one judgement is; gone when it is over.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for `executions` of what `name` says. Indicatif shows nothing in a pipe.
    pub(super) fn new(name: &str, executions: u64) -> Self {
        let bar = ProgressBar::new(executions);
        bar.set_style(style("{msg} {wide_bar} {human_pos} of {human_len}, {eta} left"));
        bar.set_message(name.to_owned());
        Self(bar)
    }

    /// A bar for the part of a search through all interleavings that is done: an estimate.
    pub(super) fn of_search(name: &str) -> Self {
        let bar = ProgressBar::new(1000);
        bar.set_style(style("{prefix} {wide_bar} {msg}"));
        bar.set_prefix(name.to_owned());
        Self(bar)
    }

    /// So much of a search is done.
    pub fn show(&self, survey: &Survey) {
        let percent = survey.done * 100.0;
        let executions = grouped(survey.executions);
        self.0.set_message(format!("{executions} executions, about {percent:.0} %"));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
        self.0.set_position((percent * 10.0) as u64);
    }

    /// `done` executions are done.
    pub fn advance(&mut self, done: u64) {
        self.0.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// How many pages a crawl has seen, and how fast; gone when it is over.
#[derive(Debug)]
pub(super) struct Spinner(ProgressBar);

impl Spinner {
    /// A spinner at nothing. Indicatif shows nothing in a pipe.
    pub(super) fn new() -> Self {
        let spinner = ProgressBar::new_spinner();
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            // If it cannot be drawn, nobody sees it.
            let _ = write!(out, "{:.0}", state.per_sec());
        };
        let style = style("{spinner} {human_pos} pages, {rate} a second, {elapsed}");
        spinner.set_style(style.with_key("rate", rate));
        // A slow site is no reason to seem dead.
        spinner.enable_steady_tick(TICK);
        Self(spinner)
    }

    /// One more page, which `print` tells where the spinner does not stand in the way.
    pub(super) fn step<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.inc(1);
        self.0.suspend(print)
    }

    /// It is over.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// How a bar or a spinner is drawn.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("every template here can be read")
}

#[cfg(test)]
mod tests {
    use super::{Progress, Spinner};

    #[test]
    fn every_template_can_be_read() {
        drop((
            Progress::new("1114 condvar controlled", 10),
            Progress::of_search("1114 condvar n1"),
        ));
        Spinner::new().end();
    }
}
