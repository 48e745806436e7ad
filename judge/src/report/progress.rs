//! A bar on stderr, where stderr is a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// How far one judgement is; gone when it is over.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for `executions` of what `name` says. Indicatif shows nothing in a pipe.
    pub(super) fn new(name: &str, executions: u64) -> Self {
        let bar = ProgressBar::new(executions);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        Self(bar)
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
